package io.jverto.media.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LimiterTest {
    private static final int FRAME = 960;

    private final Limiter limiter = new Limiter();
    private final short[] out = new short[FRAME];

    @Test
    void leavesWhatIsNotLoudAsItIs() {
        int[] sum = tone(20_000, 0);

        limiter.limit(sum, 1, out);

        for (int i = 0; i < FRAME; i++) {
            assertThat((int) out[i]).isEqualTo(sum[i]);
        }
    }

    @Test
    void neverReachesFullScaleHoweverLoudTheSumIs() {
        for (int loudness : new int[] {30_000, 60_000, 400_000, 1_600_000}) {
            Limiter fresh = new Limiter();
            for (int frame = 0; frame < 50; frame++) {
                fresh.limit(tone(loudness, frame), 1, out);
                assertThat(peak()).isLessThan(32_767);
            }
        }
    }

    @Test
    void keepsTheShapeOfALoudSound() {
        for (int frame = 0; frame < 20; frame++) {
            limiter.limit(tone(300_000, frame), 1, out);
        }

        // A cut sine would have a third harmonic at a third of its level; this one has next to none.
        assertThat(amplitude(3)).isLessThan(amplitude(1) / 100);
        assertThat(amplitude(1)).isGreaterThan(24_000);
    }

    @Test
    void givesTheLoudnessBackSlowly() {
        limiter.limit(tone(100_000, 0), 1, out);
        limiter.limit(tone(10_000, 1), 1, out);
        assertThat(peak()).isLessThan(5_000);

        for (int frame = 2; frame < 150; frame++) {
            limiter.limit(tone(10_000, frame), 1, out);
        }
        assertThat(peak()).isGreaterThan(9_900);
    }

    private static int[] tone(int amplitude, int frame) {
        int[] sum = new int[FRAME];
        for (int i = 0; i < FRAME; i++) {
            sum[i] = (int) (amplitude * Math.sin(2 * Math.PI * 500 * (i + frame * FRAME) / 48_000));
        }
        return sum;
    }

    private int peak() {
        int[] magnitudes = new int[FRAME];
        Arrays.setAll(magnitudes, i -> Math.abs(out[i]));
        return Arrays.stream(magnitudes).max().orElseThrow();
    }

    private double amplitude(int harmonic) {
        double cosine = 0;
        double sine = 0;
        for (int i = 0; i < FRAME; i++) {
            cosine += out[i] * Math.cos(2 * Math.PI * 500 * harmonic * i / 48_000);
            sine += out[i] * Math.sin(2 * Math.PI * 500 * harmonic * i / 48_000);
        }
        return 2 * Math.hypot(cosine, sine) / FRAME;
    }
}
