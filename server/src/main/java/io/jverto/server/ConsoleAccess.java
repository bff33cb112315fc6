package io.jverto.server;

import io.jverto.base.net.Addresses;
import io.jverto.server.eventsocket.EventSocket;
import io.jverto.server.eventsocket.EventSocketConfig;
import io.jverto.server.startup.CannotStart;
import io.jverto.server.startup.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event socket of a server that runs, and the file by which `./jverto cli` finds it.
final class ConsoleAccess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConsoleAccess.class);

    private final DataFolder data;
    private final Optional<EventSocket> socket;

    private ConsoleAccess(DataFolder data, Optional<EventSocket> socket) {
        this.data = data;
        this.socket = socket;
    }

    /// @param config empty when nothing is to listen
    /// @throws CannotStart when it cannot listen and is not to start without
    static ConsoleAccess open(Optional<EventSocketConfig> config, DataFolder data, EventSocket.Switch board) {
        ConsoleAccess access = new ConsoleAccess(data, config.flatMap(one -> listen(one, data, board)));
        if (access.socket.isEmpty()) {
            data.forgetConsole();
        }
        return access;
    }

    private static Optional<EventSocket> listen(EventSocketConfig config, DataFolder data, EventSocket.Switch board) {
        String password = config.password().isEmpty() ? data.eventSocketPassword() : config.password();
        try {
            EventSocket socket = EventSocket.open(config, password, board);
            InetSocketAddress address = socket.address();
            String host = address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress().getHostAddress() : address.getAddress().getHostAddress();
            data.console(new DataFolder.Console(host, address.getPort(), password));
            return Optional.of(socket);
        } catch (IOException refused) {
            String text = "the event socket cannot listen on " + Addresses.text(config.address()) + ": " + refused.getMessage()
                    + "; stop what uses the port, or set another listen-port in event_socket.conf.xml (event_socket_port in vars.xml)";
            if (config.stopOnBindError()) {
                throw new CannotStart(text, refused);
            }
            log.warn("{}", text);
            return Optional.empty();
        }
    }

    Optional<EventSocket> socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.ifPresent(one -> {
            one.close();
            data.forgetConsole();
        });
    }
}
