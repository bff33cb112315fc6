package io.jverto.verto.connect;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The connections of one network thread that have something to write. The thread is woken once for all of them, and each is flushed
/// once for all that waits on it: an event for a thousand clients is a few tasks, not a thousand. Thread-safe.
final class LoopWriter {
    /// Connections written to before the thread looks at what comes in.
    private static final int AT_ONCE = 64;

    private static final FastThreadLocal<LoopWriter> OF_THREAD = new FastThreadLocal<>();

    private final EventLoop loop;
    private final Runnable write = this::write;
    /// The one told of last, with those before it; null when the thread has not been woken.
    private final AtomicReference<@Nullable NettyTransport> ready = new AtomicReference<>();
    /// Taken from `ready`, to be written to, first come first; the thread's.
    private @Nullable NettyTransport next;

    private LoopWriter(EventLoop loop) {
        this.loop = loop;
    }

    /// @param loop the one whose thread asks
    static LoopWriter of(EventLoop loop) {
        LoopWriter writer = OF_THREAD.get();
        if (writer == null || writer.loop != loop) {
            writer = new LoopWriter(loop);
            OF_THREAD.set(writer);
        }
        return writer;
    }

    /// The connection has something to write. From any thread; not again before it was asked for that.
    void ready(NettyTransport transport) {
        NettyTransport before;
        do {
            before = ready.get();
            transport.nextReady = before;
        } while (!ready.compareAndSet(before, transport));
        if (before == null) {
            wake();
        }
    }

    private void wake() {
        try {
            loop.execute(write);
        } catch (RejectedExecutionException over) {
            ready.set(null); // the server ends, and so have these connections
        }
    }

    private void write() {
        for (int i = 0; i < AT_ONCE; i++) {
            NettyTransport transport = next == null ? firstReady() : next;
            if (transport == null) {
                return;
            }
            next = transport.nextReady;
            transport.nextReady = null; // before it writes: from then on it may be told of again
            transport.writeWaiting();
        }
        if (next != null) {
            wake();
        }
    }

    private @Nullable NettyTransport firstReady() {
        NettyTransport first = null;
        for (NettyTransport last = ready.getAndSet(null); last != null; ) {
            NettyTransport before = last.nextReady;
            last.nextReady = first;
            first = last;
            last = before;
        }
        return first;
    }
}
