package io.jverto.bench;

import java.util.Random;

/// Something like speech: a moving pitch with harmonics, syllables and breath. Synthetic, so rather dearer to encode than a voice.
public final class Voice {
    private Voice() {}

    /// @param channels 2 gives each ear a pitch of its own
    /// @return interleaved PCM at 48 kHz
    public static short[] pcm(int samples, int channels) {
        Random random = new Random(11);
        short[] pcm = new short[samples * channels];
        double[] phase = new double[channels];
        for (int i = 0; i < samples; i++) {
            double seconds = i / 48_000.0;
            double syllable = 0.3 + 0.7 * Math.pow(Math.sin(Math.PI * 4 * seconds), 2);
            for (int c = 0; c < channels; c++) {
                phase[c] += 2 * Math.PI * (140 + 60 * c + 30 * Math.sin(2 * Math.PI * 1.3 * seconds)) / 48_000;
                double voice = 0;
                for (int h = 1; h <= 12; h++) {
                    voice += Math.sin(h * phase[c]) / h;
                }
                pcm[i * channels + c] = (short) (syllable * (4500 * voice + 150 * random.nextGaussian()));
            }
        }
        return pcm;
    }
}
