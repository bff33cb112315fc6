package io.jverto.verto.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A [Transport] without a socket.
public final class MemoryTransport implements Transport {
    private final Consumer<String> received;
    private final Runnable closed;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicInteger pings = new AtomicInteger();
    private volatile boolean reads = true;

    /// @param received told each text that the client reads
    /// @param closed told once, when the server closes it
    public MemoryTransport(Consumer<String> received, Runnable closed) {
        this.received = received;
        this.closed = closed;
    }

    /// The client takes nothing any more, like one whose socket is full.
    public void stopReading() {
        reads = false;
    }

    /// The client is gone, and the server need not close it.
    public void vanish() {
        open.set(false);
    }

    /// @return how often the server has pinged
    public int pings() {
        return pings.get();
    }

    @Override
    public boolean send(String text) {
        if (reads) {
            received.accept(text);
        }
        return reads;
    }

    @Override
    public boolean sendAndWait(String text) {
        return send(text);
    }

    @Override
    public void ping() {
        pings.incrementAndGet();
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            closed.run();
        }
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.10"), 50_123);
    }

    @Override
    public boolean secure() {
        return true;
    }
}
