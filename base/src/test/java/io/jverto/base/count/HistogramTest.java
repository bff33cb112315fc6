package io.jverto.base.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Histogram.Bucket;
import io.jverto.base.count.Histogram.Snapshot;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void smallValuesAreExactAndLargeOnesWithinASixteenth() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> random.nextInt(1, 64);
            Histogram one = new Histogram();

            one.add(value);

            long shown = one.snapshot().percentile(0.5);
            assertThat(shown).isGreaterThanOrEqualTo(value);
            assertThat(shown - value).isLessThanOrEqualTo(value / 16);
        }
    }

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        for (int value = 15; value >= 1; value--) {
            histogram.add(value);
        }

        assertThat(histogram.snapshot().percentile(0)).isEqualTo(1);
        assertThat(histogram.snapshot().percentile(0.5)).isEqualTo(8);
        assertThat(histogram.snapshot().percentile(1)).isEqualTo(15);
        assertThat(Snapshot.EMPTY.percentile(0.5)).isZero();
    }

    @Test
    void countsWhatIsAboveALimit() {
        histogram.add(-7);
        histogram.add(1_000_000);
        histogram.add(3_000_000);
        histogram.add(Long.MAX_VALUE);

        assertThat(histogram.snapshot().count()).isEqualTo(4);
        assertThat(histogram.snapshot().over(2_000_000)).isEqualTo(2);
        assertThat(histogram.snapshot().percentile(0.25)).isZero();
        assertThat(histogram.snapshot().percentile(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatCameBetweenTwoLooksIsTheirDifferenceAlsoInAnotherProcess() {
        histogram.add(5);
        Snapshot first = histogram.snapshot();
        histogram.add(900);
        histogram.add(5);

        Snapshot between = Snapshot.of(histogram.snapshot().buckets()).minus(Snapshot.of(first.buckets()));

        assertThat(between.buckets()).containsExactly(new Bucket(5, 1), new Bucket(927, 1));
        assertThat(between.plus(first).count()).isEqualTo(3);
    }
}
