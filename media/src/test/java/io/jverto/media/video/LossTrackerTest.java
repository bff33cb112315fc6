package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossTrackerTest {
    private static final long MILLIS = 1_000_000L;
    private final LossTracker tracker = new LossTracker();
    private final int[] to = new int[64];

    private int[] due(long millis) {
        return due(millis, 0);
    }

    private int[] due(long millis, long roundTripMillis) {
        return Arrays.copyOf(to, tracker.due(millis * MILLIS, roundTripMillis * MILLIS, to));
    }

    @Test
    void asksForWhatIsMissingButNotForWhatWasOnlySwapped() {
        tracker.onPacket(0, 65_534);
        tracker.onPacket(0, 2);
        assertThat(due(0)).isEmpty();
        tracker.onPacket(MILLIS, 0);

        assertThat(due(5)).containsExactly(65_535, 1);
        assertThat(tracker.deadline()).isEqualTo(35 * MILLIS);
    }

    @Test
    void asksAgainAfterARoundTripUntilItComes() {
        tracker.onPacket(0, 10);
        tracker.onPacket(0, 12);
        assertThat(due(5, 100)).containsExactly(11);
        assertThat(due(100, 100)).isEmpty();
        assertThat(due(110, 100)).containsExactly(11);
        tracker.onPacket(120 * MILLIS, 11);

        assertThat(due(1_000)).isEmpty();
        assertThat(tracker.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(tracker.takeGivenUp()).isZero();
    }

    @Test
    void givesUpAndSaysSo() {
        tracker.onPacket(0, 10);
        tracker.onPacket(0, 12);
        int asked = 0;
        for (int now = 0; now < 3_000; now += 5) {
            asked += due(now).length;
        }
        assertThat(asked).isEqualTo(LossTracker.MAX_TIMES);
        assertThat(tracker.takeGivenUp()).isEqualTo(1);
        assertThat(tracker.takeGivenUp()).isZero();
    }

    @Test
    void aGapThatIsTooLargeIsNotFilled() {
        assertThat(tracker.onPacket(0, 0)).isTrue();
        assertThat(tracker.onPacket(0, LossTracker.MAX_MISSING + 1)).as("as many as can be missing").isTrue();
        assertThat(tracker.onPacket(0, LossTracker.MAX_MISSING + 3)).isFalse();
        assertThat(due(10)).isEmpty();
        assertThat(tracker.takeGivenUp()).isEqualTo(LossTracker.MAX_MISSING);
    }

    @Test
    void staysWithinItsBoundsWhateverComes() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            tracker.onPacket(i * MILLIS, random.nextInt(1 << 16));
            tracker.due(i * MILLIS, 0, to);
        }
    }
}
