package io.jverto.sip.transport;

import io.jverto.base.count.Counters;
import io.jverto.base.net.AddressGroup;
import io.jverto.base.time.TimeSource;
import io.jverto.sip.message.SipDecoding;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// All connections, of both directions: what goes to a hop goes over the connection that is there, whoever opened it (RFC 3261 section 18).
/// Thread-safe. Limits: [TransportConfig]; a place is taken when a connection begins, and given back when it ends.
final class Connections implements AutoCloseable {
    private static final int CONNECT_MILLIS = 4_000;
    private static final int BACKLOG = 256;
    private static final long ACCEPT_PAUSE_NANOS = 10_000_000;

    private final TransportConfig config;
    private final TimeSource time;
    private final SourceLimits limits;
    private final Counters<TransportCounter> counters;
    private final SipInput input;
    private final Map<Hop, Connection> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> ofSource = new HashMap<>();
    private final List<ServerSocket> servers = new ArrayList<>();
    private int total;

    Connections(TransportConfig config, TimeSource time, SourceLimits limits, Counters<TransportCounter> counters, SipInput input) {
        this.config = config;
        this.time = time;
        this.limits = limits;
        this.counters = counters;
        this.input = input;
    }

    /// @return the port
    int listen(SipTransport transport, InetSocketAddress bind) throws IOException {
        ServerSocket server = transport == SipTransport.TLS || transport == SipTransport.WSS
                ? config.tls().getServerSocketFactory().createServerSocket(bind.getPort(), BACKLOG, bind.getAddress())
                : new ServerSocket(bind.getPort(), BACKLOG, bind.getAddress());
        servers.add(server);
        time.start("sip-accept-" + server.getLocalPort(), () -> accept(transport, server));
        return server.getLocalPort();
    }

    private void accept(SipTransport transport, ServerSocket server) {
        while (!server.isClosed()) {
            try {
                onAccepted(transport, server.accept());
            } catch (IOException closedOrTooManyFiles) {
                counters.increment(TransportCounter.CONNECTION_REFUSED);
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
            }
        }
    }

    private void onAccepted(SipTransport transport, Socket socket) throws IOException {
        InetAddress source = socket.getInetAddress();
        if (!take(source)) {
            counters.increment(TransportCounter.CONNECTION_REFUSED);
            socket.close();
            return;
        }
        Connection connection = new Connection(new Hop(transport, (InetSocketAddress) socket.getRemoteSocketAddress()), socket, true, this);
        open.put(connection.hop(), connection);
        time.start("sip-watch-" + socket.getPort(), () -> connection.watch(config.greeting()));
        run(connection);
    }

    private void run(Connection connection) {
        counters.increment(TransportCounter.CONNECTION_OPENED);
        time.start("sip-write-" + connection.hop().remote().getPort(), connection::write);
        time.start("sip-read-" + connection.hop().remote().getPort(), () -> connection.read(config.idle()));
    }

    void send(Hop to, byte[] message) {
        boolean webSocket = to.transport() == SipTransport.WS || to.transport() == SipTransport.WSS;
        Connection connection = webSocket ? open.get(to) : open.computeIfAbsent(to, this::dial);
        if (connection == null) {
            input.unreachable(to); // only browsers open WebSockets
            return;
        }
        if (!connection.send(message)) {
            counters.increment(TransportCounter.CONNECTION_SLOW);
            connection.end();
        }
    }

    /// Connects in a thread of its own; what is to be sent waits.
    private Connection dial(Hop to) {
        Connection connection = new Connection(to, new Socket(), take(to.remote().getAddress()), this);
        time.start("sip-connect-" + to.remote().getPort(), () -> connect(connection));
        return connection;
    }

    private void connect(Connection waiting) {
        if (!waiting.isPlaced()) {
            counters.increment(TransportCounter.CONNECTION_REFUSED);
            waiting.end();
            return;
        }
        try {
            waiting.connect(config, CONNECT_MILLIS);
            run(waiting);
        } catch (IOException unreachable) {
            waiting.end();
        }
    }

    /// TLS over a connection of ours. A hop that was found by a name has to prove that name.
    static Socket secure(TransportConfig config, Socket plain, Hop to) throws IOException {
        String name = to.remote().getHostString();
        SSLSocket socket = (SSLSocket) config.tls().getSocketFactory().createSocket(plain, name, to.remote().getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (config.verify()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    void received(Hop from, SipDecoding decoding) {
        if (limits.take(time.nanoTime(), from.remote().getAddress())) {
            input.received(from, decoding);
        } else {
            counters.increment(TransportCounter.DROPPED_SOURCE_LIMIT);
        }
    }

    void ended(Connection connection) {
        if (open.remove(connection.hop(), connection)) {
            if (connection.isPlaced()) {
                give(connection.hop().remote().getAddress());
            }
            input.unreachable(connection.hop());
        }
    }

    private synchronized boolean take(InetAddress source) {
        String key = AddressGroup.of(source);
        int has = ofSource.getOrDefault(key, 0);
        if (total >= config.maxConnections() || has >= config.maxConnectionsOfSource()) {
            return false;
        }
        ofSource.put(key, has + 1);
        total++;
        return true;
    }

    private synchronized void give(InetAddress source) {
        total--;
        ofSource.computeIfPresent(AddressGroup.of(source), (_, has) -> has > 1 ? has - 1 : null);
    }

    /// Connections that are there or being made.
    synchronized int size() {
        return total;
    }

    TimeSource time() {
        return time;
    }

    void count(TransportCounter what, int times) {
        counters.add(what, times);
    }

    @Override
    public void close() {
        for (ServerSocket server : servers) {
            try {
                server.close();
            } catch (IOException closedAnyway) {
                counters.increment(TransportCounter.CONNECTION_REFUSED);
            }
        }
        open.values().forEach(Connection::end);
    }
}
