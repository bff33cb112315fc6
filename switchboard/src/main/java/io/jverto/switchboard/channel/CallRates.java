package io.jverto.switchboard.channel;

import io.jverto.base.time.TimeSource;
import java.time.Duration;

/// How many channels began in a second and lived at one time: now, at most, and in the last five minutes. Thread-safe.
final class CallRates {
    private static final int SECONDS = 300;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final TimeSource time;
    private final long beginNanos;
    private final long[] second = new long[SECONDS];
    private final int[] begun = new int[SECONDS];
    private final int[] alive = new int[SECONDS];
    private int peak;

    CallRates(TimeSource time) {
        this.time = time;
        this.beginNanos = time.nanoTime();
        java.util.Arrays.fill(second, -1);
    }

    private long now() {
        return (time.nanoTime() - beginNanos) / NANOS;
    }

    /// @param count how many live with it
    synchronized void begins(int count) {
        int slot = slot(now());
        begun[slot]++;
        alive[slot] = Math.max(alive[slot], count);
        peak = Math.max(peak, begun[slot]);
    }

    private int slot(long at) {
        int slot = (int) (at % SECONDS);
        if (second[slot] != at) {
            second[slot] = at;
            begun[slot] = 0;
            alive[slot] = 0;
        }
        return slot;
    }

    /// @return channels that began in this second
    synchronized int perSecond() {
        return begun[slot(now())];
    }

    /// @return the most that began in one second
    synchronized int peakPerSecond() {
        return peak;
    }

    synchronized int recentPeakPerSecond() {
        return recent(begun);
    }

    /// @param count how many live now
    synchronized int recentPeak(int count) {
        return Math.max(count, recent(alive));
    }

    private int recent(int[] of) {
        long now = now();
        int most = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (second[i] >= 0 && now - second[i] < SECONDS) {
                most = Math.max(most, of[i]);
            }
        }
        return most;
    }
}
