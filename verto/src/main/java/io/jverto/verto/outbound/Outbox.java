package io.jverto.verto.outbound;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.jverto.wire.verto.VertoCodec;
import io.jverto.wire.verto.VertoMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import java.util.concurrent.locks.ReentrantLock;

/// Everything that goes to one client, from any thread. While a request is processed our own messages wait, so that its
/// reply is written before whatever it causes (verto-wire.md section 1.5). A client that does not read is cut off: a single
/// message is never dropped, since a gap in what it was to hear would go unnoticed.
public final class Outbox {
    /// Messages that may wait for one reply. The longest request, an answer, takes seconds at most.
    private static final int MAX_HELD = 1_000;

    private final Transport transport;
    private final MessageIds ids;
    private final Counters<VertoCount> counters;
    private final FrameLog log;
    private final ReentrantLock lock = new ReentrantLock();
    /// Frames that want an id when their turn comes.
    private final Deque<LongFunction<String>> held = new ArrayDeque<>();
    private boolean holding;
    private boolean closed;

    public Outbox(Transport transport, MessageIds ids, Counters<VertoCount> counters, FrameLog log) {
        this.transport = transport;
        this.ids = ids;
        this.counters = counters;
        this.log = log;
    }

    /// A request is being processed: our own messages wait.
    public void hold() {
        lock.lock();
        try {
            holding = true;
        } finally {
            lock.unlock();
        }
    }

    /// Writes a reply, ahead of what waits.
    public void reply(String text) {
        lock.lock();
        try {
            write(text);
        } finally {
            lock.unlock();
        }
    }

    /// The reply is written: what waited follows.
    public void release() {
        lock.lock();
        try {
            holding = false;
            for (LongFunction<String> frame = held.poll(); frame != null; frame = held.poll()) {
                write(frame.apply(ids.next()));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Sends a message of ours, after those before it.
    ///
    /// @return false when the connection is gone
    public boolean send(VertoMessage message) {
        return send(id -> VertoCodec.encode(id, message));
    }

    /// Sends a message of ours that is text already, but for its id.
    ///
    /// @return false when the connection is gone
    public boolean send(LongFunction<String> frame) {
        lock.lock();
        try {
            if (closed) {
                counters.increment(VertoCount.MESSAGES_LOST);
                return false;
            }
            if (!holding) {
                write(frame.apply(ids.next()));
            } else if (held.size() < MAX_HELD) {
                held.add(frame);
            } else {
                cutOff();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Sends a frame that no order holds for: data of a speed test.
    ///
    /// @param wait until the network has taken it; blocks
    /// @return false when the connection is gone, or gone now because the client does not read
    public boolean bulk(String text, boolean wait) {
        if (isClosed()) {
            return false;
        }
        boolean taken = wait ? transport.sendAndWait(text) : transport.send(text);
        if (!taken) {
            lock.lock();
            try {
                cutOff();
            } finally {
                lock.unlock();
            }
        }
        return taken;
    }

    /// Tells the client that its session belongs to another connection now, and closes (verto-wire.md section 3.9).
    public void punt() {
        lock.lock();
        try {
            held.clear();
            write(VertoCodec.encode(ids.next(), new VertoMessage.Punt()));
        } finally {
            lock.unlock();
        }
        close();
    }

    /// Nothing more goes out.
    public void close() {
        lock.lock();
        try {
            closed = true;
            held.clear();
        } finally {
            lock.unlock();
        }
        transport.close();
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void write(String text) {
        if (closed) {
            return;
        }
        log.sent(transport.remote(), text);
        if (!transport.send(text)) {
            cutOff();
        }
    }

    private void cutOff() {
        counters.increment(VertoCount.SLOW_CONSUMERS);
        closed = true;
        held.clear();
        transport.close();
    }
}
