package io.jverto.media.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GainTest {
    private final Gain gain = new Gain();

    @Test
    void goesToANewFactorWithoutAStep() {
        short[] before = frame(1_000);
        gain.apply(before, 1, 960, 1);
        short[] during = frame(1_000);
        gain.apply(during, 1, 960, 2);
        short[] after = frame(1_000);
        gain.apply(after, 1, 960, 2);

        assertThat(before[959]).isEqualTo((short) 1_000);
        assertThat(during[0]).isBetween((short) 1_000, (short) 1_003);
        for (int i = 1; i < during.length; i++) {
            assertThat(during[i] - during[i - 1]).isBetween(0, 3);
        }
        assertThat(after[0] - during[959]).isBetween(0, 3);
        assertThat(after[959]).isEqualTo((short) 2_000);
    }

    @Test
    void treatsBothChannelsAlikeAndCutsAtFullScale() {
        short[] loud = frame(20_000);
        gain.apply(loud, 2, 480, 4.3f);

        assertThat(loud[0]).isEqualTo(loud[1]);
        assertThat(loud[959]).isEqualTo(Short.MAX_VALUE);
    }

    private static short[] frame(int value) {
        short[] pcm = new short[960];
        Arrays.fill(pcm, (short) value);
        return pcm;
    }
}
