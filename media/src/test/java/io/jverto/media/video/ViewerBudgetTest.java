package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViewerBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private final ViewerBudget budget = new ViewerBudget();

    /// It says the same for a second.
    private void says(long second, int kbps, int sent) {
        budget.onReport(second * SECOND, kbps, sent);
        budget.onReport(second * SECOND + ViewerBudget.PATIENCE_NANOS, kbps, sent);
    }

    @Test
    void hasNoLimitBeforeTheViewerSaysThatItIsTooMuch() {
        assertThat(budget.kbps(0, 0)).isZero();
        says(1, 2_000, 1_500);
        assertThat(budget.kbps(2 * SECOND, 1_500)).isZero();
    }

    @Test
    void isWhatTheViewerCanTakeOnceItSaysSoForAWhile() {
        budget.onReport(SECOND, 600, 1_500);
        assertThat(budget.kbps(SECOND, 1_500)).as("one report is none").isZero();
        budget.onReport(SECOND + ViewerBudget.PATIENCE_NANOS, 600, 1_500);

        assertThat(budget.kbps(2 * SECOND, 1_500)).isEqualTo(570);
    }

    @Test
    void aReportInBetweenThatAllIsWellBeginsTheWhileAnew() {
        budget.onReport(SECOND, 600, 1_500);
        budget.onReport(SECOND + 300_000_000L, 1_500, 1_500);
        budget.onReport(SECOND + ViewerBudget.PATIENCE_NANOS, 600, 1_500);

        assertThat(budget.kbps(2 * SECOND, 1_500)).isZero();
    }

    @Test
    void moreIsTriedAfterAPauseThatGrowsWithEachFailure() {
        says(1, 600, 1_500);
        assertThat(budget.kbps(5 * SECOND, 500)).isEqualTo(570);
        assertThat(budget.kbps(7 * SECOND, 500)).as("twice as much").isEqualTo(1_140);

        says(8, 600, 1_000);
        assertThat(budget.kbps(14 * SECOND, 500)).as("the next pause is twice as long").isEqualTo(570);
        assertThat(budget.kbps(19 * SECOND, 500)).isEqualTo(1_140);
    }

    @Test
    void goesOnTryingWhereATryWasTooSmallForAnythingMoreToBeSent() {
        says(1, 150, 300);

        assertThat(budget.kbps(7 * SECOND, 140)).isEqualTo(284);
        assertThat(budget.kbps(13 * SECOND, 140)).isEqualTo(568);
    }

    @Test
    void isNeverNothing() {
        says(1, 0, 1_500);

        assertThat(budget.kbps(2 * SECOND, 1_500)).isEqualTo(30);
    }
}
