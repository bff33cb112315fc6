package io.jverto.testkit.time;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A [TimeSource] in which time stands still until a test turns it. It counts the threads it started that are not waiting
/// on a mailbox; [#settle] and [#advance] return only when all of them wait or have ended, so nothing is ever raced.
public final class VirtualTime implements TimeSource {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    /// A test that has not settled by then has a thread that blocks on something else than a mailbox.
    private static final long STUCK_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final List<VirtualMailbox<?>> waiting = new ArrayList<>();
    private final List<Throwable> bugs = new ArrayList<>();
    private long nowNanos;
    private int busy;

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return nowNanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant wallTime() {
        return EPOCH.plusNanos(nanoTime());
    }

    @Override
    public <T> Mailbox<T> mailbox(int capacity) {
        return new VirtualMailbox<>(capacity);
    }

    @Override
    public void start(String name, Runnable body) {
        lock.lock();
        try {
            busy++;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name(name).start(() -> run(body));
    }

    /// Waits until every thread waits.
    ///
    /// @throws AssertionError when a thread ended by an exception, or does not come to rest
    public void settle() {
        lock.lock();
        try {
            awaitIdle();
        } finally {
            lock.unlock();
        }
    }

    /// Lets `duration` pass: every deadline in it is met in order, and what it causes comes to rest before the next.
    public void advance(Duration duration) {
        lock.lock();
        try {
            awaitIdle();
            long end = nowNanos + duration.toNanos();
            for (Optional<VirtualMailbox<?>> next = earliest(end); next.isPresent(); next = earliest(end)) {
                nowNanos = Math.max(nowNanos, next.get().deadlineNanos);
                next.get().wake();
                awaitIdle();
            }
            nowNanos = end;
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable body) {
        Throwable bug = null;
        try {
            body.run();
        } catch (Throwable thrown) {
            bug = thrown;
        }
        lock.lock();
        try {
            if (bug != null) {
                bugs.add(bug);
            }
            leave();
        } finally {
            lock.unlock();
        }
    }

    private Optional<VirtualMailbox<?>> earliest(long limitNanos) {
        VirtualMailbox<?> best = null;
        for (VirtualMailbox<?> mailbox : waiting) {
            if (mailbox.deadlineNanos <= limitNanos && (best == null || mailbox.deadlineNanos < best.deadlineNanos)) {
                best = mailbox;
            }
        }
        return Optional.ofNullable(best);
    }

    private void awaitIdle() {
        long left = TimeUnit.SECONDS.toNanos(STUCK_SECONDS);
        while (busy > 0) {
            try {
                left = idle.awaitNanos(left);
            } catch (InterruptedException stop) {
                throw new AssertionError("interrupted", stop);
            }
            if (left <= 0) {
                throw new AssertionError(busy + " threads did not come to rest");
            }
        }
        if (!bugs.isEmpty()) {
            throw new AssertionError("a thread ended by a bug", bugs.getFirst());
        }
    }

    private void leave() {
        if (--busy == 0) {
            idle.signalAll();
        }
    }

    /// A mailbox whose reader counts as idle while it waits. A test's own thread may read one too: it is not counted.
    private final class VirtualMailbox<T> implements Mailbox<T> {
        private final ArrayDeque<T> queue = new ArrayDeque<>();
        private final Condition arrived = lock.newCondition();
        private final int capacity;
        private long deadlineNanos;
        private boolean parked;
        private boolean counted;
        private boolean closed;

        VirtualMailbox(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public boolean tell(T message) {
            lock.lock();
            try {
                if (closed || queue.size() >= capacity) {
                    return false;
                }
                queue.add(message);
                wake();
                return true;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Optional<T> await(long deadline) {
            lock.lock();
            try {
                if (queue.isEmpty() && deadline > nowNanos) {
                    park(deadline);
                }
                return Optional.ofNullable(queue.poll());
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
            } finally {
                lock.unlock();
            }
        }

        private void park(long deadline) {
            counted = Thread.currentThread().isVirtual();
            deadlineNanos = deadline;
            parked = true;
            waiting.add(this);
            if (counted) {
                leave();
            }
            while (parked) {
                try {
                    arrived.await();
                } catch (InterruptedException timeout) {
                    // JUnit interrupts a test that takes too long: it waits for an answer that never comes
                    throw new AssertionError("interrupted while waiting for a message", timeout);
                }
            }
        }

        private void wake() {
            if (parked) {
                parked = false;
                waiting.remove(this);
                busy += counted ? 1 : 0;
                arrived.signalAll();
            }
        }
    }
}
