package io.jverto.base.count;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/// How often values of each size came. Buckets are exact below 16 and at most a sixteenth of their values wide from there on.
/// One thread adds, any thread may read. Adding allocates nothing.
public final class Histogram {
    private static final int SUB_BITS = 4;
    /// Buckets of each power of two.
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    /// @param value below zero counts as zero
    public void add(long value) {
        int bucket = bucket(value);
        counts.setRelease(bucket, counts.getPlain(bucket) + 1);
    }

    /// @return what has come so far
    public Snapshot snapshot() {
        long[] copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = counts.getAcquire(i);
        }
        return new Snapshot(copy);
    }

    private static int bucket(long value) {
        long positive = Math.max(0, value);
        int shift = Math.max(0, Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(positive));
        return shift * SUB + (int) (positive >>> shift);
    }

    private static long atMost(int bucket) {
        int shift = Math.max(0, bucket / SUB - 1);
        return ((long) (bucket - shift * SUB) + 1 << shift) - 1;
    }

    /// Values that are no longer added to.
    public static final class Snapshot {
        public static final Snapshot EMPTY = new Snapshot(new long[BUCKETS]);

        private final long[] counts;

        private Snapshot(long[] counts) {
            this.counts = counts;
        }

        /// @param buckets as [#buckets] gave them, perhaps to another process
        public static Snapshot of(List<Bucket> buckets) {
            long[] counts = new long[BUCKETS];
            buckets.forEach(bucket -> counts[bucket(bucket.atMost)] += bucket.count);
            return new Snapshot(counts);
        }

        /// @return those that are not empty, smallest values first
        public List<Bucket> buckets() {
            List<Bucket> filled = new ArrayList<>();
            for (int i = 0; i < BUCKETS; i++) {
                if (counts[i] != 0) {
                    filled.add(new Bucket(atMost(i), counts[i]));
                }
            }
            return filled;
        }

        /// @return the values of both
        public Snapshot plus(Snapshot other) {
            return combined(other, 1);
        }

        /// @param earlier of the same histogram
        /// @return what came since
        public Snapshot minus(Snapshot earlier) {
            return combined(earlier, -1);
        }

        private Snapshot combined(Snapshot other, int sign) {
            long[] result = new long[BUCKETS];
            for (int i = 0; i < BUCKETS; i++) {
                result[i] = counts[i] + sign * other.counts[i];
            }
            return new Snapshot(result);
        }

        public long count() {
            return from(0);
        }

        /// @return values in buckets above the one that holds `limit`
        public long over(long limit) {
            return from(bucket(limit) + 1);
        }

        private long from(int first) {
            long sum = 0;
            for (int i = first; i < BUCKETS; i++) {
                sum += counts[i];
            }
            return sum;
        }

        /// @param share 0 to 1
        /// @return what this share of all values does not exceed (nearest rank, the end of its bucket); 0 when there is none
        public long percentile(double share) {
            long rank = Math.max(1, (long) Math.ceil(share * count()));
            long sum = 0;
            for (int i = 0; i < BUCKETS; i++) {
                sum += counts[i];
                if (sum >= rank) {
                    return atMost(i);
                }
            }
            return 0;
        }
    }

    /// @param atMost the largest value that it counts
    public record Bucket(long atMost, long count) {}
}
