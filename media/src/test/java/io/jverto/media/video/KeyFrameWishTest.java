package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameWishTest {
    private static final long MILLIS = 1_000_000L;
    private final KeyFrameWish wish = new KeyFrameWish();

    @Test
    void asksAtOnceAndMergesWhatIsWishedMeanwhile() {
        assertThat(wish.want()).isTrue();
        assertThat(wish.isDue(0)).isTrue();
        for (int i = 1; i < 300; i++) {
            assertThat(wish.want()).isFalse();
            assertThat(wish.isDue(i * MILLIS)).isFalse();
        }
        assertThat(wish.isDue(300 * MILLIS)).as("none came").isTrue();
    }

    @Test
    void isContentWithWhatComes() {
        wish.want();
        wish.isDue(0);
        wish.arrived();

        assertThat(wish.deadline(MILLIS)).isEqualTo(Long.MAX_VALUE);
        assertThat(wish.isDue(10_000 * MILLIS)).isFalse();
    }

    @Test
    void asksForAnotherOneNotSoonerThanOneCouldBeMade() {
        wish.want();
        wish.isDue(0);
        wish.arrived();

        wish.want();
        assertThat(wish.isDue(100 * MILLIS)).isFalse();
        assertThat(wish.deadline(100 * MILLIS)).isEqualTo(300 * MILLIS);
        assertThat(wish.isDue(300 * MILLIS)).isTrue();
    }

    @Test
    void givesUpOnASenderThatMakesNone() {
        wish.want();
        int asked = 0;
        for (int second = 0; second < 600; second++) {
            asked += wish.isDue(second * 1_000 * MILLIS) ? 1 : 0;
        }
        assertThat(asked).isEqualTo(KeyFrameWish.MAX_TIMES);
    }

    /// A storm: ten thousand wishes in a second of a sender that obeys.
    @Test
    void aStormCostsTheSenderNoMoreThanFourKeyFramesASecond() {
        int asked = 0;
        for (int i = 0; i < 10_000; i++) {
            long now = i * MILLIS / 10;
            wish.want();
            if (wish.isDue(now)) {
                asked++;
                wish.arrived();
            }
        }
        assertThat(asked).isBetween(3, 4);
    }
}
