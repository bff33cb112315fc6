package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedSourceTest {
    private final AudioCounters counters = new AudioCounters();
    private final PcmRing ring = new PcmRing(8, 1);
    private final short[] frame = new short[960];
    private int calls;
    private final FeedSource source = new FeedSource(ring, () -> calls++, counters);

    @Test
    void isSilentUntilTheFirstFrameComesAndCountsThatNot() {
        assertThat(source.fill(frame)).isTrue();

        assertThat(frame).containsOnly((short) 0);
        assertThat(counters.audio().get(AudioCount.FILES_UNDERRUN)).isZero();
    }

    @Test
    void playsWhatCameBeforeTheEndAndThenIsOver() {
        put(1);
        put(2);
        ring.end(false);

        assertThat(next()).isEqualTo(1);
        assertThat(next()).isEqualTo(2);
        assertThat(source.fill(frame)).isFalse();
        assertThat(source.failed()).isFalse();
    }

    @Test
    void fillsAGapWithSilenceAndCountsIt() {
        put(1);
        source.fill(frame);

        assertThat(next()).isZero();
        put(2);
        assertThat(next()).isEqualTo(2);
        assertThat(counters.audio().get(AudioCount.FILES_UNDERRUN)).isEqualTo(1);
    }

    @Test
    void callsForMoreWhenTheRingIsHalfEmpty() {
        for (int i = 0; i < 8; i++) {
            put(i);
        }
        assertThat(ring.offer(frame)).isFalse();

        for (int i = 0; i < 3; i++) {
            source.fill(frame);
        }
        assertThat(calls).isZero();
        source.fill(frame);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void saysThatItFailed() {
        ring.end(true);

        assertThat(source.fill(frame)).isFalse();
        assertThat(source.failed()).isTrue();
    }

    private void put(int value) {
        short[] in = new short[960];
        java.util.Arrays.fill(in, (short) value);
        ring.offer(in);
    }

    private int next() {
        source.fill(frame);
        return frame[500];
    }
}
