package io.jverto.base.time;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Real time, real virtual threads. Thread-safe.
public final class SystemTime implements TimeSource {
    private static final Logger log = LoggerFactory.getLogger(SystemTime.class);

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return Instant.now();
    }

    @Override
    public <T> Mailbox<T> mailbox(int capacity) {
        return new QueueMailbox<>(capacity);
    }

    @Override
    public void start(String name, Runnable body) {
        Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler((thread, bug) -> log.error("thread {} ended by a bug", thread.getName(), bug))
                .start(body);
    }

    private static final class QueueMailbox<T> implements Mailbox<T> {
        private final LinkedBlockingQueue<T> queue;
        private volatile boolean closed;

        QueueMailbox(int capacity) {
            this.queue = new LinkedBlockingQueue<>(capacity);
        }

        @Override
        public boolean tell(T message) {
            return !closed && queue.offer(message);
        }

        @Override
        public Optional<T> await(long deadlineNanos) {
            try {
                if (deadlineNanos == Long.MAX_VALUE) {
                    return Optional.of(queue.take());
                }
                return Optional.ofNullable(queue.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
