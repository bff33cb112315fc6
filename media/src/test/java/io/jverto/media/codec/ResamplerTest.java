package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResamplerTest {
    @Test
    void keepsPitchAndLevelOnTheWayUp() {
        for (int factor : new int[] {6, 3}) {
            int low = 48_000 / factor;
            short[] out = up(factor, tone(1000, low, 10_000, low));

            assertThat(amplitude(out, 1000, 48_000)).isBetween(9_800.0, 10_200.0);
            assertThat(amplitude(out, low - 1000, 48_000)).isLessThan(10); // the image: 60 dB down
        }
    }

    @Test
    void keepsPitchAndLevelOnTheWayDown() {
        for (int factor : new int[] {6, 3}) {
            int low = 48_000 / factor;
            short[] out = down(factor, tone(1000, 48_000, 10_000, 48_000));

            assertThat(amplitude(out, 1000, low)).isBetween(9_800.0, 10_200.0);
        }
    }

    @Test
    void keepsOutWhatWouldFoldBack() {
        short[] out = down(6, tone(6000, 48_000, 10_000, 48_000)); // would be heard as 2000 Hz

        assertThat(amplitude(out, 2000, 8_000)).isLessThan(10);
    }

    @Test
    void doesNotDependOnHowTheSoundIsCutIntoFrames() {
        short[] in = tone(700, 8_000, 12_000, 1600);
        Resampler whole = Resampler.up(6, 1600);
        Resampler parts = Resampler.up(6, 1600);
        short[] expected = new short[9600];
        whole.resample(in, 1600, expected);

        short[] out = new short[960];
        for (int i = 0; i < 10; i++) {
            short[] part = java.util.Arrays.copyOfRange(in, i * 160, i * 160 + 160);
            assertThat(parts.resample(part, 160, out)).isEqualTo(960);
            assertThat(out).isEqualTo(java.util.Arrays.copyOfRange(expected, i * 960, i * 960 + 960));
        }
    }

    @Test
    void doesNotWrapAtFullScale() {
        short[] square = new short[8_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = (short) (i / 20 % 2 == 0 ? 32_767 : -32_768);
        }

        short[] out = up(6, square);

        int leaps = 0;
        for (int i = 1; i < out.length; i++) {
            leaps += Math.abs(out[i] - out[i - 1]) > 40_000 ? 1 : 0;
        }
        assertThat(leaps).isZero();
    }

    private static short[] up(int factor, short[] in) {
        short[] out = new short[in.length * factor];
        Resampler.up(factor, in.length).resample(in, in.length, out);
        return out;
    }

    private static short[] down(int factor, short[] in) {
        short[] out = new short[in.length / factor];
        Resampler.down(factor, in.length).resample(in, in.length, out);
        return out;
    }

    static short[] tone(double hertz, int rate, double amplitude, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return pcm;
    }

    static double amplitude(short[] pcm, double hertz, int rate) {
        double cosine = 0;
        double sine = 0;
        double weights = 0;
        for (int i = 0; i < pcm.length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / pcm.length);
            cosine += window * pcm[i] * Math.cos(2 * Math.PI * hertz * i / rate);
            sine += window * pcm[i] * Math.sin(2 * Math.PI * hertz * i / rate);
            weights += window;
        }
        return 2 * Math.hypot(cosine, sine) / weights;
    }
}
