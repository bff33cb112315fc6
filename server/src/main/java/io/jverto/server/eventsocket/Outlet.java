package io.jverto.server.eventsocket;

import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.server.log.LogStream.Line;
import io.jverto.switchboard.event.CoreEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to one client. Replies are written by the thread that reads its commands, which waits for a slow client; events and log lines
/// wait in a bounded queue for a thread of their own, and are dropped and counted when that is full. A client that takes nothing for
/// [#PATIENCE] although events are dropped for it is given up. Thread-safe.
final class Outlet {
    static final int MAX_ITEMS = 10_000;
    static final long MAX_WEIGHT = 8L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(Outlet.class);

    private final OutputStream out;
    private final Runnable close;
    private final String peer;
    private final TimeSource time;
    private final Counters<SocketCount> counters;
    private final Mailbox<Item> queue;
    private final AtomicLong weight = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Subscription subscription = Subscription.NONE;
    private volatile boolean open = true;
    private volatile boolean behind;
    /// When the write that goes on began; 0 for none.
    private volatile long writingSince;

    /// @param close ends the connection; twice does no harm
    Outlet(OutputStream out, Runnable close, String peer, TimeSource time, Counters<SocketCount> counters) {
        this.out = out;
        this.close = close;
        this.peer = peer;
        this.time = time;
        this.counters = counters;
        this.queue = time.mailbox(MAX_ITEMS);
    }

    private sealed interface Item {
        int weight();

        record Event(CoreEvent event, int weight) implements Item {}

        record Logged(Line line, int weight) implements Item {}

        record Frame(byte[] bytes, int weight) implements Item {}

        record Stop(int weight, byte[] farewell) implements Item {}
    }

    Subscription subscription() {
        return subscription;
    }

    /// Changes what is heard and says so: no event of the new kind comes before the reply.
    void subscribe(Subscription changed, byte[] reply) {
        send(() -> {
            subscription = changed;
            return reply;
        });
    }

    void send(byte[] frame) {
        send(() -> frame);
    }

    /// @param work done when nothing else is being written, before its result is written
    void send(Supplier<byte[]> work) {
        lock.lock();
        try {
            byte[] frame = work.get();
            writingSince = time.nanoTime() | 1;
            out.write(frame);
            out.flush();
        } catch (IOException gone) {
            close();
        } finally {
            writingSince = 0;
            lock.unlock();
        }
    }

    void offer(CoreEvent event) {
        offer(new Item.Event(event, event.weight()));
    }

    void offer(Line line) {
        offer(new Item.Logged(line, line.text().length()));
    }

    /// Something that comes after the events that wait.
    void offer(byte[] frame) {
        offer(new Item.Frame(frame, frame.length));
    }

    private void offer(Item item) {
        boolean room = weight.addAndGet(item.weight()) <= MAX_WEIGHT;
        if (room && queue.tell(item)) {
            return;
        }
        weight.addAndGet(-item.weight());
        counters.increment(SocketCount.EVENTS_DROPPED);
        behind = true;
        long since = writingSince;
        if (since != 0 && time.nanoTime() - since > PATIENCE.toNanos()) {
            close();
        }
    }

    /// Writes what waits until the connection is closed.
    void run() {
        while (open) {
            Item item = queue.await(Long.MAX_VALUE).orElse(new Item.Stop(0, new byte[0]));
            weight.addAndGet(-item.weight());
            if (behind) {
                behind = false;
                log.warn("event socket {}: the client is too slow and misses events", peer);
            }
            switch (item) {
                case Item.Event(CoreEvent event, int _) -> event(event);
                case Item.Logged(Line line, int _) -> {
                    send(Frames.log(line));
                    counters.increment(SocketCount.EVENTS_SENT);
                }
                case Item.Frame(byte[] bytes, int _) -> send(bytes);
                case Item.Stop(int _, byte[] farewell) -> {
                    send(farewell);
                    close();
                }
            }
        }
    }

    private void event(CoreEvent event) {
        Subscription now = subscription;
        if (now.wants(event.name(), event.subclass()) && now.passes(event)) {
            send(Frames.event(event, now.format()));
            counters.increment(SocketCount.EVENTS_SENT);
        }
    }

    boolean isOpen() {
        return open;
    }

    /// Closes when everything that waits has been written.
    void finish(byte[] farewell) {
        if (!queue.tell(new Item.Stop(0, farewell))) {
            close();
        }
    }

    void close() {
        open = false;
        queue.tell(new Item.Stop(0, new byte[0]));
        close.run();
    }
}
