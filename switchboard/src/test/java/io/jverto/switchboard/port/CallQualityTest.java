package io.jverto.switchboard.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jverto.switchboard.port.MediaService.MediaStats;
import io.jverto.switchboard.port.MediaService.Playout;
import io.jverto.switchboard.port.MediaService.Reported;
import io.jverto.switchboard.port.MediaService.Spread;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallQualityTest {
    @Test
    void aCallWithoutLossAndDelayIsAsGoodAsACallCanBe() {
        assertThat(quality(1_000, 0, 0, 0).mos()).isCloseTo(4.4, within(0.05));
    }

    /// R = 93.2 - 0.024 * 60 - 95 * 5 / (5 + 25.1) = 76.0, by ITU-T G.107; its annex B makes 3.86 of it.
    @Test
    void fivePercentThatWereMadeUpCostHalfAPoint() {
        assertThat(quality(950, 50, 0, 0).mos()).isCloseTo(3.86, within(0.02));
    }

    @Test
    void aLongWayCostsMoreThanAShortOne() {
        assertThat(quality(1_000, 0, 0, 600).mos()).isLessThan(quality(1_000, 0, 0, 200).mos() - 0.5);
    }

    @Test
    void theWorstIsOneAndNoFigureIsOutOfItsBounds() {
        CallQuality quality = quality(1, 1_000_000, 0, 50_000);

        assertThat(quality.mos()).isEqualTo(1);
        assertThat(quality.lost()).isBetween(0.99, 1.0);
    }

    @Test
    void moreLostThanWasSentIsAllAndLessThanNothingIsNothing() {
        MediaStats strange = new MediaStats(10, 10, -5, 0, 0, 0, Optional.empty(), new Reported(900, Optional.empty()), new Playout(0, 0, 0));

        assertThat(CallQuality.of(strange)).hasValueSatisfying(quality -> {
            assertThat(quality.lost()).isEqualTo(0);
            assertThat(quality.remoteLost()).isEqualTo(1);
        });
    }

    private static CallQuality quality(long came, long lost, long recovered, double roundTrip) {
        return CallQuality.of(new MediaStats(came, came, lost, 0, 0, 0, Optional.empty(),
                new Reported(0, Optional.of(new Spread(roundTrip, roundTrip))), new Playout(came + lost, recovered, lost - recovered))).orElseThrow();
    }
}
