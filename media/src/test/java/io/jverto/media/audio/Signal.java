package io.jverto.media.audio;

import java.util.Arrays;

/// Sounds for tests, and what is in a sound.
public final class Signal {
    private Signal() {}

    /// @return a pitch with harmonics in syllables
    static short[] voice(int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            double sum = 0;
            for (int h = 1; h <= 12; h++) {
                sum += Math.sin(2 * Math.PI * 150 * h * i / 48_000) / h;
            }
            double syllable = 0.3 + 0.7 * Math.pow(Math.sin(Math.PI * 4 * i / 48_000), 2);
            pcm[i] = (short) (4500 * syllable * sum);
        }
        return pcm;
    }

    /// @return mono at 48 kHz
    static short[] tone(double hertz, double amplitude, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / 48_000));
        }
        return pcm;
    }

    static short[] interleave(short[] left, short[] right) {
        short[] both = new short[2 * left.length];
        for (int i = 0; i < left.length; i++) {
            both[2 * i] = left[i];
            both[2 * i + 1] = right[i];
        }
        return both;
    }

    static short[] channel(short[] interleaved, int which) {
        short[] one = new short[interleaved.length / 2];
        for (int i = 0; i < one.length; i++) {
            one[i] = interleaved[2 * i + which];
        }
        return one;
    }

    /// Goertzel with a Hann window.
    ///
    /// @return amplitude of the sine of that pitch
    static double amplitude(short[] pcm, double hertz) {
        double cosine = 0;
        double sine = 0;
        double weights = 0;
        for (int i = 0; i < pcm.length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / pcm.length);
            double angle = 2 * Math.PI * hertz * i / 48_000;
            cosine += window * pcm[i] * Math.cos(angle);
            sine += window * pcm[i] * Math.sin(angle);
            weights += window;
        }
        return 2 * Math.hypot(cosine, sine) / weights;
    }

    /// @return power of the sine of that pitch over that of all the rest, in decibels; a whole number of its periods
    public static double signalToNoise(short[] pcm, double hertz) {
        double cosine = 0;
        double sine = 0;
        double all = 0;
        for (int i = 0; i < pcm.length; i++) {
            double angle = 2 * Math.PI * hertz * i / 48_000;
            cosine += pcm[i] * Math.cos(angle);
            sine += pcm[i] * Math.sin(angle);
            all += (double) pcm[i] * pcm[i];
        }
        double tone = 2 * (cosine * cosine + sine * sine) / pcm.length;
        return 10 * Math.log10(tone / (all - tone));
    }

    static double decibels(double one, double other) {
        return 20 * Math.log10(one / Math.max(other, 1e-9));
    }

    static int peak(short[] pcm) {
        int peak = 0;
        for (short sample : pcm) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /// @return samples at full scale
    static int clipped(short[] pcm) {
        int count = 0;
        for (short sample : pcm) {
            count += Math.abs(sample) >= 32_767 ? 1 : 0;
        }
        return count;
    }

    static double rms(short[] pcm) {
        double sum = 0;
        for (short sample : pcm) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / pcm.length);
    }

    static short[] last(short[] pcm, int samples) {
        return Arrays.copyOfRange(pcm, pcm.length - samples, pcm.length);
    }
}
