package io.jverto.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RtpRewriterTest {
    private static final long MILLIS = 1_000_000L;

    private final RtpRewriter rewriter = new RtpRewriter(7, 48_000, 65_534, 1_000);

    @Test
    void keepsTheSpacingOfASource() {
        relay(0, 1, 500, 90_000);
        assertThat(rewriter.sequence()).isEqualTo(65_534);
        assertThat(rewriter.marker()).isTrue();
        int begin = rewriter.timestamp();

        relay(60, 1, 503, 90_000 + 3 * 960);

        assertThat(rewriter.sequence()).isEqualTo(1);
        assertThat(rewriter.timestamp() - begin).isEqualTo(3 * 960);
        assertThat(rewriter.marker()).isFalse();
    }

    @Test
    void anotherSourceGoesOnWhereTheLastOneWas() {
        relay(0, 1, 500, 90_000);
        int begin = rewriter.timestamp();

        relay(100, 2, 9, 5);

        assertThat(rewriter.sequence()).isEqualTo(65_535);
        assertThat(rewriter.timestamp() - begin).isEqualTo(4_800);
        assertThat(rewriter.marker()).isTrue();
    }

    @Test
    void latePacketsTakeTheirPlaceOnce() {
        relay(0, 1, 10, 0);
        relay(20, 1, 12, 1_920);

        assertThat(relay(21, 1, 11, 960)).isTrue();
        assertThat(rewriter.sequence()).isEqualTo(65_535);
        assertThat(relay(22, 1, 11, 960)).isFalse();
    }

    @Test
    void packetsFromBeforeASwitchAreRefused() {
        relay(0, 1, 10, 0);
        relay(10, 1, 13, 960);
        relay(20, 2, 500, 0);

        assertThat(relay(21, 2, 499, -960)).isFalse();
        assertThat(relay(21, 2, 498, -960)).isFalse();
    }

    @Test
    void insertedPacketsLeaveNoGapAndHeldBackOnesNeither() {
        relay(0, 1, 10, 0);
        rewriter.insert(rewriter.timestampAt(20 * MILLIS), true);
        assertThat(rewriter.sequence()).isEqualTo(65_535);
        rewriter.skip();
        rewriter.insert(rewriter.timestampAt(20 * MILLIS), false);
        assertThat(rewriter.sequence()).isZero();

        relay(60, 1, 14, 2_880);

        assertThat(rewriter.sequence()).isEqualTo(1);
        assertThat(rewriter.timestamp()).isEqualTo(1_001 + 2_880);
    }

    @Test
    void ownPacketsAreNumberedInARow() {
        rewriter.append(0, 3, 100, true);
        int begin = rewriter.timestamp();
        rewriter.append(400 * MILLIS, 3, 100 + 20 * 960, true);

        assertThat(rewriter.sequence()).isEqualTo(65_535);
        assertThat(rewriter.timestamp() - begin).isEqualTo(20 * 960);
    }

    @Test
    void timeGoesOnBeforeTheFirstPacketOfASource() {
        int first = rewriter.timestampAt(0);

        assertThat(rewriter.timestampAt(100 * MILLIS) - first).isEqualTo(4_800);
    }

    @Test
    void neverGivesASequenceNumberTwice() {
        Random random = new Random(1);
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(50) == 0) {
                rewriter.insert(rewriter.timestampAt(i * MILLIS), false);
                assertThat(given.add(rewriter.sequence())).isTrue();
            } else if (relay(i, 1 + i / 4_000, i - random.nextInt(100), i * 960)) {
                assertThat(given.add(rewriter.sequence())).isTrue();
            }
        }
    }

    private boolean relay(long millis, long source, int sequence, int timestamp) {
        return rewriter.relay(millis * MILLIS, source, sequence & 0xffff, timestamp, false);
    }
}
