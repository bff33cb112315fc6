package io.jverto.medialoop;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One non-blocking UDP socket with large buffers, and the direct memory to reach it.
@OwnedBy(Role.MEDIA_LOOP)
final class UdpPort implements AutoCloseable {
    /// Longer datagrams are cut, and then fail authentication.
    static final int MAX_DATAGRAM = 2048;

    /// 20 ms of 5,000 calls; the system may grant less.
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final long MILLI_NANOS = 1_000_000;

    private final DatagramChannel channel;
    private final Selector selector;
    /// Null where the system has no way to take many at once.
    private final @Nullable DatagramBatch batch;
    private final InetSocketAddress address;
    private final boolean ipv4Only;
    private final Counters<LoopCount> counters;
    private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private int received;

    private UdpPort(
            DatagramChannel channel, Selector selector, @Nullable DatagramBatch batch, InetSocketAddress address, Counters<LoopCount> counters) {
        this.channel = channel;
        this.selector = selector;
        this.batch = batch;
        this.address = address;
        this.ipv4Only = address.getAddress() instanceof Inet4Address;
        this.counters = counters;
    }

    /// Binds the first free even port.
    ///
    /// @throws UncheckedIOException when the address is not ours or no port is free; says what to do
    static UdpPort bind(InetAddress ip, int firstPort, int lastPort, Counters<LoopCount> counters) {
        return bind(ip, firstPort, lastPort, counters, true);
    }

    /// @param many whether datagrams are taken many at once, where the system can
    static UdpPort bind(InetAddress ip, int firstPort, int lastPort, Counters<LoopCount> counters, boolean many) {
        try {
            open(ip, 0, SOCKET_BUFFER).close(); // tells a foreign address from a port in use
        } catch (IOException refused) {
            throw new UncheckedIOException(
                    "rtp-ip " + ip.getHostAddress() + " cannot be bound; is it an address of this machine?", refused);
        }
        for (int port = firstPort + (firstPort & 1); port <= lastPort; port += 2) {
            try {
                DatagramChannel channel = open(ip, port, SOCKET_BUFFER);
                InetSocketAddress address = new InetSocketAddress(ip, port);
                return new UdpPort(channel, watch(channel), many ? DatagramBatch.at(address) : null, address, counters);
            } catch (IOException taken) {
                // the next one may be free
            }
        }
        throw new UncheckedIOException(new BindException("no even UDP port from " + firstPort + " to " + lastPort
                + " is free on " + ip.getHostAddress() + "; widen rtp-start-port to rtp-end-port"));
    }

    /// @param buffer bytes that may wait in the system, each way
    static DatagramChannel open(InetAddress ip, int port, int buffer) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                ip instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, buffer);
            return channel.bind(new InetSocketAddress(ip, port));
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static Selector watch(DatagramChannel channel) throws IOException {
        try {
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return selector;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /// Takes a datagram.
    ///
    /// @param to filled from its beginning; [#received] is the length
    /// @return null when there is none
    @Nullable Remote receive(byte[] to) {
        if (batch == null) {
            InetSocketAddress from = receive(channel, to);
            return from == null ? null : new Remote(from);
        }
        Remote from = batch.next(to);
        if (from != null) {
            received = batch.received();
            counters.increment(LoopCount.DATAGRAMS_RX);
        }
        return from;
    }

    /// Takes one from another socket, by the memory of this one.
    @Nullable InetSocketAddress receive(DatagramChannel channel, byte[] to) {
        try {
            in.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(in);
            if (from != null) {
                in.flip();
                received = in.limit();
                in.get(to, 0, received);
                counters.increment(LoopCount.DATAGRAMS_RX);
            }
            return from;
        } catch (IOException gone) {
            return null; // closed, or an error that was about a datagram we sent
        }
    }

    /// Sleeps until a datagram is there, [#wakeUp], or that time is over.
    void await(long nanos) {
        if (batch != null && batch.isWaiting()) {
            return; // the system does not know of it any more
        }
        try {
            selector.select(ready -> {}, Math.max(1, (nanos + MILLI_NANOS - 1) / MILLI_NANOS));
        } catch (IOException gone) {
            LockSupport.parkNanos(this, Math.min(nanos, MILLI_NANOS)); // whoever asks goes on asking
        }
    }

    /// Lets a datagram at another socket end [#await] too.
    ///
    /// @param attachment what [#ready] finds at its key
    void watch(DatagramChannel other, Object attachment) {
        register(other, SelectionKey.OP_READ, attachment);
    }

    /// Lets somebody who connects end [#await] too.
    ///
    /// @return null when it is closed
    @Nullable SelectionKey watchAccept(ServerSocketChannel listener, Object attachment) {
        return register(listener, SelectionKey.OP_ACCEPT, attachment);
    }

    /// Lets bytes at a connection end [#await] too.
    ///
    /// @return null when it is closed
    @Nullable SelectionKey watchStream(SocketChannel connection, Object attachment) {
        return register(connection, SelectionKey.OP_READ, attachment);
    }

    private @Nullable SelectionKey register(SelectableChannel socket, int operation, Object attachment) {
        try {
            return socket.register(selector, operation, attachment);
        } catch (ClosedChannelException gone) {
            return null; // it has nothing to say
        }
    }

    /// Shows the keys of the sockets at which there are datagrams now.
    void ready(Consumer<SelectionKey> action) {
        try {
            selector.selectNow(action);
        } catch (IOException gone) {
            // nothing is ready at a port that is closed
        }
    }

    /// Ends [#await], or the next one. From any thread.
    void wakeUp() {
        selector.wakeup();
    }

    int received() {
        return received;
    }

    void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
        send(channel, ipv4Only, to, bytes, offset, length);
    }

    /// Sends from another socket, by the memory of this one.
    void send(DatagramChannel channel, boolean ipv4Only, InetSocketAddress to, byte[] bytes, int offset, int length) {
        if (length > MAX_DATAGRAM || to.getPort() == 0 || to.isUnresolved()
                || ipv4Only && !(to.getAddress() instanceof Inet4Address)) {
            counters.increment(LoopCount.SEND_FAILED);
            return;
        }
        out.clear();
        out.put(bytes, offset, length).flip();
        try {
            boolean sent = channel.send(out, to) > 0;
            counters.increment(sent ? LoopCount.DATAGRAMS_TX : LoopCount.SEND_FULL);
        } catch (IOException refused) {
            counters.increment(LoopCount.SEND_FAILED);
        }
    }

    @Override
    public void close() {
        if (batch != null) {
            batch.close();
        }
        try {
            selector.close();
            channel.close();
        } catch (IOException ignored) {
            // nothing is left to close
        }
    }
}
