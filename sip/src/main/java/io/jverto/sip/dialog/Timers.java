package io.jverto.sip.dialog;

/// A repetition with a doubling interval, and its end.
final class Timers {
    static final long NEVER = Long.MAX_VALUE;

    private long intervalNanos;
    private long repeatNanos = NEVER;
    private long endNanos = NEVER;

    void start(long nowNanos, long firstNanos, long lifeNanos) {
        intervalNanos = firstNanos;
        repeatNanos = nowNanos + firstNanos;
        endNanos = nowNanos + lifeNanos;
    }

    void stop() {
        repeatNanos = NEVER;
        endNanos = NEVER;
    }

    boolean isRunning() {
        return endNanos != NEVER;
    }

    /// @return whether it is time to repeat; true once for each time
    boolean takeRepeat(long nowNanos, long mostNanos) {
        if (nowNanos < repeatNanos) {
            return false;
        }
        intervalNanos = Math.min(2 * intervalNanos, mostNanos);
        repeatNanos = nowNanos + intervalNanos;
        return true;
    }

    boolean isOver(long nowNanos) {
        return nowNanos >= endNanos;
    }

    long deadline() {
        return Math.min(repeatNanos, endNanos);
    }
}
