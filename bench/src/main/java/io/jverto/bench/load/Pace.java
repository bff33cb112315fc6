package io.jverto.bench.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// Says when the next one may start: at a rate, or when one of a few has ended.
final class Pace {
    private static final int AT_ONCE = 50;
    private static final int AT_MOST = 5_000;
    private static final double SECOND = 1e9;

    private final double rate;
    private final long begin = System.nanoTime();
    private final Semaphore free;
    private int number;

    /// @param rate a second; 0 for as fast as they end, 50 at a time
    Pace(double rate) {
        this.rate = rate;
        this.free = new Semaphore(rate > 0 ? AT_MOST : AT_ONCE);
    }

    /// One thread calls it.
    void await() {
        free.acquireUninterruptibly();
        if (rate > 0) {
            sleepUntil(begin + (long) (number++ * SECOND / rate));
        }
    }

    /// From any thread.
    void ended() {
        free.release();
    }

    static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static void sleepSeconds(double seconds) {
        sleepUntil(System.nanoTime() + (long) (seconds * SECOND));
    }
}
