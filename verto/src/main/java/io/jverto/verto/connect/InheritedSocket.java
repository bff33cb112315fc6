package io.jverto.verto.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening socket that the process was given as its standard input, as systemd does it (`StandardInput=socket`, systemd.exec(5)). It takes the
/// place of a `bind-local` of the same address, once. Thread-safe.
final class InheritedSocket {
    private static final Logger log = LoggerFactory.getLogger(InheritedSocket.class);

    private Optional<ServerSocketChannel> channel;

    InheritedSocket(Optional<ServerSocketChannel> channel) {
        this.channel = channel;
    }

    static InheritedSocket ofProcess() {
        try {
            Channel given = System.inheritedChannel();
            return new InheritedSocket(given instanceof ServerSocketChannel listening ? Optional.of(listening) : Optional.empty());
        } catch (IOException none) {
            log.warn("the socket that this process was given cannot be used: {}", none.toString());
            return new InheritedSocket(Optional.empty());
        }
    }

    /// @return the socket, when it listens at that port of that address or of all
    synchronized Optional<ServerSocketChannel> take(InetSocketAddress wanted) {
        Optional<ServerSocketChannel> fits = channel.filter(one -> listensAt(one, wanted));
        if (fits.isPresent()) {
            channel = Optional.empty();
        }
        return fits;
    }

    private static boolean listensAt(ServerSocketChannel channel, InetSocketAddress wanted) {
        try {
            return channel.getLocalAddress() instanceof InetSocketAddress address && address.getPort() == wanted.getPort()
                    && (address.getAddress().isAnyLocalAddress() || address.getAddress().equals(wanted.getAddress()));
        } catch (IOException closed) {
            return false;
        }
    }
}
