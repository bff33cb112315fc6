package io.jverto.medialoop.tick;

import io.jverto.base.count.Histogram;
import io.jverto.media.audio.AudioCount;
import io.jverto.media.audio.AudioCounters;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A platform thread that ticks a [TickLoop] on absolute 20 ms deadlines, and sleeps when it has nothing to do.
/// Ticks that come late are made up for at once, so that receivers get every packet and their jitter buffers learn the
/// delay; beyond [#MAX_CATCH_UP] they are skipped, since what is so late is of no use to anybody.
final class TickThread {
    private static final Logger log = LoggerFactory.getLogger(TickThread.class);
    private static final long TICK_NANOS = 20_000_000;
    /// Late ticks that are made up for: 100 ms, about what receivers buffer at most in a live call.
    private static final long MAX_CATCH_UP = 5;
    private static final long CLOSE_MILLIS = 2_000;

    private final Thread thread;
    private final TickLoop loop;
    private final AudioCounters counters;
    private final long phaseNanos;
    private final Histogram late = new Histogram();
    private final Histogram took = new Histogram();
    private volatile boolean closed;
    private volatile boolean woken;
    private volatile boolean realTime;

    /// @param index of `count` threads: each has its own phase, so that they do not send at the same moment
    TickThread(int index, int count, AudioCounters counters) {
        this.counters = counters;
        this.phaseNanos = TICK_NANOS * index / count;
        this.thread = Thread.ofPlatform().name("mixer-tick-" + index).daemon().unstarted(this::run);
        this.loop = new TickLoop(counters, this::wake);
    }

    TickLoop loop() {
        return loop;
    }

    /// @return from any thread: nanoseconds by which ticks began after their time
    Histogram.Snapshot late() {
        return late.snapshot();
    }

    /// @return from any thread: nanoseconds that ticks took
    Histogram.Snapshot took() {
        return took.snapshot();
    }

    /// @return from any thread: whether the system runs it before all that is not as urgent; false until it has begun
    boolean isRealTime() {
        return realTime;
    }

    void start() {
        thread.start();
    }

    /// Ends the thread, and waits a little for it.
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        realTime = RealTime.ask();
        long deadline = after(System.nanoTime());
        boolean busy = false;
        while (!closed) {
            if (!busy && !woken) {
                LockSupport.park(this);
                deadline = after(System.nanoTime());
                continue;
            }
            long now = System.nanoTime();
            if (now < deadline) {
                LockSupport.parkNanos(this, deadline - now);
                continue;
            }
            late.add(now - deadline);
            deadline += skip(now - deadline);
            woken = false;
            busy = tick(deadline);
            took.add(System.nanoTime() - now);
            deadline += TICK_NANOS;
        }
        loop.close();
    }

    /// A bug that neither a port nor a mixer owns must not end all rooms of this thread.
    private boolean tick(long deadline) {
        try {
            return loop.tick(deadline);
        } catch (RuntimeException bug) {
            log.error("a tick ended by a bug", bug);
            return true;
        }
    }

    private long after(long now) {
        return (Math.floorDiv(now - phaseNanos, TICK_NANOS) + 1) * TICK_NANOS + phaseNanos;
    }

    private long skip(long lateNanos) {
        long ticks = Math.max(0, lateNanos / TICK_NANOS - MAX_CATCH_UP);
        if (ticks > 0) {
            counters.audio().add(AudioCount.TICKS_SKIPPED, ticks);
        }
        return ticks * TICK_NANOS;
    }
}
