package io.jverto.base.time;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that is done again and again, by a virtual thread of its own, until it is closed. A turn that a bug breaks off is logged, and the next one comes
/// all the same. Thread-safe.
public final class Repeating implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Repeating.class);

    private final TimeSource time;
    private final String name;
    private final Duration every;
    private final Mailbox<Boolean> stop;

    /// @param name of the thread
    /// @param every from the end of a turn to the beginning of the next
    public Repeating(TimeSource time, String name, Duration every) {
        this.time = time;
        this.name = name;
        this.every = every;
        this.stop = time.mailbox(1);
    }

    /// The first turn comes at once. To be called once, as [#startLater] is.
    ///
    /// @return this
    public Repeating start(Runnable work) {
        time.start(name, () -> {
            turn(work);
            repeat(work);
        });
        return this;
    }

    /// The first turn comes when the time between two is over.
    ///
    /// @return this
    public Repeating startLater(Runnable work) {
        time.start(name, () -> repeat(work));
        return this;
    }

    private void repeat(Runnable work) {
        while (stop.await(time.nanoTime() + every.toNanos()).isEmpty()) {
            turn(work);
        }
    }

    private void turn(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException bug) { // of one turn: those after it need the thread
            log.error("{}: a turn broke off because of a bug", name, bug);
        }
    }

    /// A turn that is on its way comes to its end; no other one follows.
    @Override
    public void close() {
        stop.tell(true);
    }
}
