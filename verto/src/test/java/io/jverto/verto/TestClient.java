package io.jverto.verto;

import io.jverto.testkit.transcript.Stage;
import io.jverto.verto.dispatch.Connection;
import io.jverto.verto.outbound.MemoryTransport;
import io.jverto.verto.profile.VertoProfile;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A client without a socket: its text goes straight to the [Connection], and the server's comes straight back.
final class TestClient implements Stage.Actor {
    private final MemoryTransport transport;
    private final Connection connection;

    private TestClient(MemoryTransport transport, Connection connection) {
        this.transport = transport;
        this.connection = connection;
    }

    static TestClient connect(VertoServer server, VertoProfile profile, Consumer<String> received, Runnable closed) {
        AtomicReference<Runnable> vanish = new AtomicReference<>(() -> { });
        MemoryTransport transport = new MemoryTransport(received, () -> {
            closed.run();
            vanish.get().run();
        });
        TestClient client = new TestClient(transport, server.connect(profile, transport));
        vanish.set(client::vanish);
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
        return transport.pings();
    }

    /// Takes nothing any more, like a client whose socket is full.
    void stopReading() {
        transport.stopReading();
    }

    @Override
    public void vanish() {
        transport.vanish();
        connection.onClosed();
    }
}
