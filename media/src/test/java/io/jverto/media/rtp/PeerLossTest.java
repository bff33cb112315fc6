package io.jverto.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerLossTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int TENTH = 26;
    private static final int ALL = 255;

    private final PeerLoss loss = new PeerLoss();

    @Test
    void aPeerThatLosesATenthIsBelievedAtItsFirstReport() {
        assertThat(loss.losing()).isFalse();

        loss.reported(SECOND, TENTH);

        assertThat(loss.losing()).isTrue();
    }

    @Test
    void onePacketThatIsLostNowAndThenIsNoReason() {
        int oneOfFifty = 5;
        for (int second = 0; second < 600; second++) {
            loss.reported(second * SECOND, second % 10 == 0 ? oneOfFifty : 0);
            assertThat(loss.losing()).as("after %d s", second).isFalse();
        }
    }

    @Test
    void threeInAHundredAreAReasonHoweverOftenAPeerReports() {
        PeerLoss seldom = new PeerLoss();
        for (int second = 1; second <= 10; second++) {
            loss.reported(second * SECOND, 8);
        }
        seldom.reported(5 * SECOND, 8);
        seldom.reported(10 * SECOND, 8);

        assertThat(loss.losing()).isTrue();
        assertThat(seldom.losing()).isTrue();
    }

    @Test
    void isOverHalfAMinuteAfterTheLastReportOfLoss() {
        loss.reported(0, TENTH);
        loss.reported(5 * SECOND, TENTH);

        for (int second = 10; second < 35; second += 5) {
            loss.reported(second * SECOND, 0);
            assertThat(loss.losing()).as("after %d s", second).isTrue();
        }
        loss.reported(35 * SECOND, 0);

        assertThat(loss.losing()).isFalse();
    }

    /// An encoder is made for each change.
    @Test
    void s39WhoSaysSomethingElseInEachReportChangesNothingMoreThanOnceInHalfAMinute() {
        int changes = 0;
        boolean before = false;
        for (int i = 0; i < 60_000; i++) {
            loss.reported(i * SECOND / 1_000, i % 35_000 < 100 ? ALL : 0);
            loss.reported(i * SECOND / 1_000, i % 2 == 0 && i % 35_000 < 200 ? ALL : 0);
            if (loss.losing() != before) {
                before = loss.losing();
                changes++;
            }
        }

        assertThat(changes).as("in a minute").isBetween(1, 3);
    }

    @Test
    void whatWeLoseOfItsPacketsCountsUntilItHasReported() {
        loss.missed(SECOND, TENTH);
        assertThat(loss.losing()).isTrue();

        PeerLoss other = new PeerLoss();
        other.reported(SECOND, 0);
        for (int second = 2; second < 20; second++) {
            other.missed(second * SECOND, TENTH);
        }
        assertThat(other.losing()).isFalse();
    }
}
