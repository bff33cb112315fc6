package io.jverto.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReceiveStatisticsTest {
    private static final long MILLIS_20 = 20_000_000L;

    private final ReceiveStatistics statistics = new ReceiveStatistics(48_000);

    @Test
    void countsLossOverTheWrapOfTheSequence() {
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 5) {
                receive(65_500 + i, i);
            }
        }

        statistics.closeInterval();

        assertThat(statistics.cumulativeLost()).isEqualTo(10);
        assertThat(statistics.fractionLost()).isEqualTo(10 * 256 / 100);
        assertThat(statistics.highestSequence()).isEqualTo(65_599);
    }

    @Test
    void fractionIsAboutTheLastIntervalOnly() {
        receive(1, 1);
        receive(3, 3);
        statistics.closeInterval();
        receive(4, 4);
        receive(5, 5);

        statistics.closeInterval();

        assertThat(statistics.fractionLost()).isZero();
        assertThat(statistics.cumulativeLost()).isEqualTo(1);
    }

    @Test
    void latePacketsFillTheirGap() {
        receive(1, 1);
        receive(3, 3);
        receive(2, 2);

        assertThat(statistics.cumulativeLost()).isZero();
    }

    @Test
    void believesAJumpWhenTheNextPacketFollowsIt() {
        receive(1, 1);
        receive(3, 2);

        assertThat(receive(20_000, 3)).isFalse();
        assertThat(receive(20_001, 4)).isTrue();

        assertThat(statistics.cumulativeLost()).isZero();
        assertThat(statistics.totalLost()).isEqualTo(1);
        assertThat(statistics.highestSequence()).isEqualTo(20_001);
    }

    @Test
    void jitterFollowsTheVariationOfTransitTime() {
        for (int i = 0; i < 400; i++) {
            statistics.onPacket(i * MILLIS_20 + (i % 2) * 4_000_000L, i, i * 960);
        }

        assertThat(statistics.jitterMillis()).isCloseTo(4.0, within(0.2));
    }

    @Test
    void steadyPacketsHaveNoJitterEvenWhenTheTimestampWraps() {
        for (int i = 0; i < 100; i++) {
            statistics.onPacket(i * MILLIS_20, i, 0xffffff00 + i * 960);
        }

        assertThat(statistics.jitter()).isZero();
    }

    private boolean receive(int sequence, int tick) {
        return statistics.onPacket(tick * MILLIS_20, sequence & 0xffff, tick * 960);
    }
}
