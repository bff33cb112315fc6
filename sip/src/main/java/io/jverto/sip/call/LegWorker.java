package io.jverto.sip.call;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread of one call for what may wait: for its channel, for names. One thing after the other. Thread-safe.
final class LegWorker {
    private static final Logger log = LoggerFactory.getLogger(LegWorker.class);
    /// What a peer can have under way: more is a flood of INFO.
    private static final int CAPACITY = 64;
    /// Whether it is closed: in case there was no room to tell it so.
    private static final long LOOK_AGAIN_NANOS = 60_000_000_000L;

    private final TimeSource time;
    private final String name;
    private final Mailbox<Runnable> tasks;
    private volatile boolean closed;

    LegWorker(TimeSource time, String name) {
        this.time = time;
        this.name = name;
        this.tasks = time.mailbox(CAPACITY);
    }

    void start() {
        time.start(name, this::work);
    }

    private void work() {
        Optional<Runnable> task = next();
        while (task.isPresent() || !closed) {
            task.ifPresent(this::perform);
            task = next();
        }
    }

    private Optional<Runnable> next() {
        return tasks.await(time.nanoTime() + LOOK_AGAIN_NANOS);
    }

    private void perform(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            log.error("{}: a bug", name, bug);
        }
    }

    /// @return false when too much waits, or it is over
    boolean run(Runnable task) {
        return tasks.tell(task);
    }

    /// Takes no more; what waits is still done.
    void close() {
        closed = true;
        tasks.tell(() -> { });
        tasks.close();
    }
}
