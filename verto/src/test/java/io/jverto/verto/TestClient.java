package io.jverto.verto;

import io.jverto.testkit.transcript.Stage;
import io.jverto.verto.dispatch.Connection;
import io.jverto.verto.outbound.Transport;
import io.jverto.verto.profile.VertoProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A client without a socket: its text goes straight to the [Connection], and the server's comes straight back.
final class TestClient implements Stage.Actor {
    private final Pipe pipe;
    private final Connection connection;

    private TestClient(Pipe pipe, Connection connection) {
        this.pipe = pipe;
        this.connection = connection;
    }

    static TestClient connect(VertoServer server, VertoProfile profile, Consumer<String> received, Runnable closed) {
        Pipe pipe = new Pipe(received, closed);
        TestClient client = new TestClient(pipe, server.connect(profile, pipe));
        pipe.onClose = client::vanish;
        return client;
    }

    @Override
    public void send(String text) {
        connection.onText(text);
    }

    /// Answers a ping of the WebSocket, and says nothing.
    void pong() {
        connection.onAlive();
    }

    /// @return how often the server has pinged the WebSocket
    int pings() {
        return pipe.pings.get();
    }

    /// Takes nothing any more, like a client whose socket is full.
    void stopReading() {
        pipe.reads = false;
    }

    @Override
    public void vanish() {
        pipe.open.set(false);
        connection.onClosed();
    }

    private static final class Pipe implements Transport {
        private final Consumer<String> received;
        private final Runnable closed;
        private final AtomicBoolean open = new AtomicBoolean(true);
        private volatile boolean reads = true;
        private final AtomicInteger pings = new AtomicInteger();
        private volatile Runnable onClose = () -> { };

        Pipe(Consumer<String> received, Runnable closed) {
            this.received = received;
            this.closed = closed;
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
                onClose.run();
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
}
