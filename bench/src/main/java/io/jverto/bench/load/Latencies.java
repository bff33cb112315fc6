package io.jverto.bench.load;

import java.util.Arrays;

/// Times in nanoseconds, from any thread, and their percentiles. Keeps the first million.
final class Latencies {
    private static final int MAX = 1_000_000;
    private static final double NANOS_IN_MILLI = 1e6;

    private long[] nanos = new long[1_024];
    private int count;

    synchronized void add(long value) {
        if (count == nanos.length && count < MAX) {
            nanos = Arrays.copyOf(nanos, Math.min(MAX, count * 2));
        }
        if (count < nanos.length) {
            nanos[count++] = value;
        }
    }

    synchronized void forget() {
        count = 0;
    }

    synchronized int count() {
        return count;
    }

    /// @param share 0 to 1
    /// @return the smallest time that this share of all does not exceed (nearest rank); 0 when there is none
    synchronized double millis(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.clamp(rank - 1, 0, count - 1)] / NANOS_IN_MILLI;
    }

    /// Writes the usual percentiles.
    void to(Report report, String name) {
        report.number(name + " p50", "ms", millis(0.5));
        report.number(name + " p90", "ms", millis(0.9));
        report.number(name + " p99", "ms", millis(0.99));
        report.number(name + " max", "ms", millis(1));
    }
}
