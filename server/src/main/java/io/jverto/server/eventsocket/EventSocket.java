package io.jverto.server.eventsocket;

import io.jverto.base.count.Counters;
import io.jverto.base.net.Addresses;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.server.log.LogStream;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.CoreEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for programs that watch and steer the switch by the protocol of FreeSWITCH's event socket, inbound mode. A client may do
/// everything: whoever may connect is bounded by [EventSocketConfig], and must know the password. Thread-safe.
public final class EventSocket implements AutoCloseable {
    static final int MAX_CLIENTS = 64;
    /// Time that clients get to take in what waits for them.
    private static final Duration FAREWELL = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final Logger log = LoggerFactory.getLogger(EventSocket.class);

    private final EventSocketConfig config;
    private final ServerSocket listener;
    private final SocketServices services;
    private final Door door;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();

    private EventSocket(EventSocketConfig config, String password, ServerSocket listener, SocketServices services) {
        this.config = config;
        this.listener = listener;
        this.services = services;
        this.door = new Door(password, services.time(), services.counters());
    }

    /// The switch, as far as clients see it.
    ///
    /// @param random thread-safe
    public record Switch(Commands commands, Switchboard board, CoreEvents core, LogStream logs, TimeSource time, RandomGenerator random) {}

    /// Begins to listen.
    ///
    /// @param password what clients must say
    /// @throws IOException when the address cannot be listened on
    public static EventSocket open(EventSocketConfig config, String password, Switch board) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(config.address());
        } catch (IOException refused) {
            listener.close();
            throw refused;
        }
        EventSocket socket = new EventSocket(config, password, listener, SocketServices.of(board));
        board.time().start("event socket", socket::accept);
        log.info("event socket listens on {}", Addresses.text(socket.address()));
        return socket;
    }

    /// @return where it listens
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public Counters<SocketCount> counters() {
        return services.counters();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                take(listener.accept());
            } catch (IOException refused) {
                if (!listener.isClosed()) {
                    log.warn("event socket: a connection was not taken: {}", refused.getMessage());
                    // Out of file descriptors, most likely: not to be asked for again at once.
                    services.time().mailbox(1).await(services.time().nanoTime() + 100_000_000);
                }
            }
        }
    }

    private void take(Socket socket) throws IOException {
        boolean admitted = config.admits(socket.getInetAddress());
        if (!admitted || clients.size() >= MAX_CLIENTS) {
            services.counters().increment(SocketCount.CONNECTIONS_REFUSED);
            log.warn("event socket: {} may not connect: {}", socket.getInetAddress().getHostAddress(),
                    admitted ? "there are " + MAX_CLIENTS + " clients" : "no list of networks lets it");
            try (socket) {
                socket.getOutputStream().write(Frames.rejection(admitted ? "Too many connections.\n" : "Access denied.\n"));
            }
            return;
        }
        services.counters().increment(SocketCount.CONNECTIONS);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        Client client = new Client(socket, door, services);
        clients.add(client);
        services.time().start("event socket client", () -> {
            try {
                client.run();
            } finally {
                clients.remove(client);
            }
        });
    }

    /// Ends all connections. Twice does no harm.
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException already) {
            log.debug("event socket: {}", already.getMessage());
        }
        clients.forEach(Client::finish);
        Mailbox<Boolean> nobody = services.time().mailbox(1);
        long deadline = services.time().nanoTime() + FAREWELL.toNanos();
        while (!clients.isEmpty() && services.time().nanoTime() < deadline) {
            nobody.await(services.time().nanoTime() + LOOK_AGAIN.toNanos());
        }
        clients.forEach(Client::close);
    }
}
