package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RateConverterTest {
    /// Those of telephones, compact discs and studios, and two that nobody uses.
    private static final int[] RATES = {8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 44_101, 48_000, 88_200, 96_000, 176_400, 191_999, 192_000};

    @Test
    void keepsPitchAndLevelFromAnyRate() {
        for (int rate : RATES) {
            short[] out = convert(rate, 48_000, tone(1_000, rate, 10_000, rate), 512);

            assertThat(out.length).as("samples from %d Hz", rate).isBetween(47_998, 48_002);
            assertThat(amplitude(out, 1_000, 48_000)).as("level from %d Hz", rate).isBetween(9_900.0, 10_100.0);
            assertThat(noise(out, 1_000, 48_000)).as("what else comes from %d Hz", rate).isLessThan(30);
        }
    }

    @Test
    void keepsPitchAndLevelToAnyRate() {
        for (int rate : new int[] {8_000, 11_025, 16_000, 44_100, 48_000}) {
            short[] out = convert(48_000, rate, tone(1_000, 48_000, 10_000, 48_000), 960);

            assertThat(out.length).as("samples to %d Hz", rate).isBetween(rate - 2, rate + 2);
            assertThat(amplitude(out, 1_000, rate)).as("level to %d Hz", rate).isBetween(9_900.0, 10_100.0);
        }
    }

    @Test
    void keepsOutWhatWouldFoldBack() {
        short[] out = convert(192_000, 48_000, tone(40_000, 192_000, 10_000, 192_000), 512); // would be heard as 8 kHz

        assertThat(amplitude(out, 8_000, 48_000)).isLessThan(10);
    }

    @Test
    void doesNotDependOnHowTheSoundIsCutIntoBlocks() {
        short[] in = tone(700, 44_100, 12_000, 5_000);

        assertThat(convert(44_100, 48_000, in, 7)).isEqualTo(convert(44_100, 48_000, in, 5_000));
    }

    @Test
    void putsASoundWhereItWasInTime() {
        short[] in = new short[4_410];
        in[2_205] = 30_000;

        short[] out = convert(44_100, 48_000, in, 512);

        int loudest = 0;
        for (int i = 0; i < out.length; i++) {
            loudest = Math.abs(out[i]) > Math.abs(out[loudest]) ? i : loudest;
        }
        assertThat(loudest).isEqualTo(2_400);
    }

    private static short[] convert(int from, int to, short[] in, int block) {
        RateConverter converter = new RateConverter(from, to, block);
        short[] out = new short[converter.maxOutput(block)];
        short[] all = new short[(int) ((long) in.length * to / from) + 1_000];
        int written = 0;
        for (int at = 0; at < in.length; at += block) {
            int count = converter.convert(Arrays.copyOfRange(in, at, Math.min(in.length, at + block)), Math.min(block, in.length - at), out);
            System.arraycopy(out, 0, all, written, count);
            written += count;
        }
        int count = converter.flush(out);
        System.arraycopy(out, 0, all, written, count);
        return Arrays.copyOf(all, written + count);
    }

    private static short[] tone(double hertz, int rate, double amplitude, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return pcm;
    }

    private static double amplitude(short[] pcm, double hertz, int rate) {
        double cosine = 0;
        double sine = 0;
        double weights = 0;
        for (int i = 0; i < pcm.length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / pcm.length);
            double angle = 2 * Math.PI * hertz * i / rate;
            cosine += window * pcm[i] * Math.cos(angle);
            sine += window * pcm[i] * Math.sin(angle);
            weights += window;
        }
        return 2 * Math.hypot(cosine, sine) / weights;
    }

    /// @return root mean square of what is not that tone, in the middle half
    private static double noise(short[] pcm, double hertz, int rate) {
        double level = amplitude(pcm, hertz, rate);
        double sum = 0;
        int from = pcm.length / 4;
        int count = pcm.length / 2;
        for (int i = from; i < from + count; i++) {
            double wanted = level * Math.sin(2 * Math.PI * hertz * i / rate);
            sum += (pcm[i] - wanted) * (pcm[i] - wanted);
        }
        return Math.sqrt(sum / count);
    }
}
