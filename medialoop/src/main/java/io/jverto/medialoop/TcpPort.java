package io.jverto.medialoop;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The TCP port beside a loop's UDP port, with the same number: peers whose network lets no UDP through connect to it (RFC 6544, passive
/// candidates; frames of RFC 4571). An address is either a connection's or a UDP peer's, never both: while one is connected, and a while
/// afterwards, datagrams from there are none of ours, and none go there.
@OwnedBy(Role.MEDIA_LOOP)
final class TcpPort implements AutoCloseable {
    static final int MAX_LINKS = 4_096;
    /// Of one address, behind which there may be many people.
    static final int MAX_OF_ONE = 256;
    /// Of one address, that have not shown yet that they belong to a call.
    static final int MAX_STRANGERS_OF_ONE = 16;
    private static final int MAX_ACCEPTED_AT_ONCE = 16;
    private static final int BACKLOG = 128;
    /// Bytes that the system holds for a peer: what is older than this is no use to it.
    private static final int SEND_BUFFER = 64 << 10;
    private static final long SWEEP_NANOS = 500_000_000L;

    private final ServerSocketChannel listener;
    private final Counters<LoopCount> counters;
    private final Map<InetSocketAddress, TcpLink> links = new HashMap<>();
    private long sweepNanos = Long.MIN_VALUE;
    private int open;

    private TcpPort(ServerSocketChannel listener, Counters<LoopCount> counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /// @throws IOException when it cannot be listened on
    static TcpPort bind(InetSocketAddress address, Counters<LoopCount> counters) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.configureBlocking(false);
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true); // what is left of old connections is no listener
            listener.bind(address, BACKLOG);
            return new TcpPort(listener, counters);
        } catch (IOException | RuntimeException refused) {
            listener.close();
            throw refused;
        }
    }

    /// Lets its peers wake that port's owner up.
    void watchBy(UdpPort port) {
        port.watchAccept(listener, this);
    }

    /// Takes those who wait.
    ///
    /// @param known whether a UDP peer has the address
    void accept(long nowNanos, UdpPort port, Predicate<InetSocketAddress> known) {
        for (int i = 0; i < MAX_ACCEPTED_AT_ONCE; i++) {
            try {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    return;
                }
                take(nowNanos, channel, port, known);
            } catch (IOException gone) {
                counters.increment(LoopCount.TCP_REFUSED);
                return; // no file left, or he went while he waited
            }
        }
    }

    private void take(long nowNanos, SocketChannel channel, UdpPort port, Predicate<InetSocketAddress> known) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        if (remote == null || !isWelcome(remote) || known.test(remote)) {
            counters.increment(LoopCount.TCP_REFUSED);
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        TcpLink link = new TcpLink(channel, remote, nowNanos, counters);
        link.watchBy(port);
        links.put(remote, link);
        open++;
        counters.increment(LoopCount.TCP_ACCEPTED);
    }

    private boolean isWelcome(InetSocketAddress remote) {
        TcpLink before = links.get(remote);
        if (open >= MAX_LINKS || links.size() >= 2 * MAX_LINKS || before != null && before.isOpen()) {
            return false;
        }
        int all = 0;
        int strangers = 0;
        InetAddress address = remote.getAddress();
        for (TcpLink link : links.values()) {
            if (link.isOpen() && link.remote().getAddress().equals(address)) {
                all++;
                strangers += link.isNamed() ? 0 : 1;
            }
        }
        return all < MAX_OF_ONE && strangers < MAX_STRANGERS_OF_ONE;
    }

    /// @return the connection of that address, perhaps one that is over; null when there is none
    @Nullable TcpLink find(InetSocketAddress remote) {
        return links.isEmpty() ? null : links.get(remote);
    }

    /// Ends a connection. Its address stays a connection's for a while when it belonged to a call.
    void drop(long nowNanos, TcpLink link) {
        if (link.close(nowNanos)) {
            open--;
        }
        if (!link.isNamed()) {
            links.remove(link.remote(), link);
        }
    }

    /// Ends what has been quiet or slow for too long.
    void onTimeout(long nowNanos) {
        if (nowNanos < sweepNanos || links.isEmpty()) {
            return;
        }
        sweepNanos = nowNanos + SWEEP_NANOS;
        List<TcpLink> over = new ArrayList<>();
        links.values().removeIf(link -> link.isForgotten(nowNanos));
        for (TcpLink link : links.values()) {
            if (link.isOpen() && link.isOverdue(nowNanos)) {
                over.add(link);
            }
        }
        over.forEach(link -> drop(nowNanos, link));
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException ignored) {
            // nothing is left to close
        }
        links.values().forEach(link -> link.close(0));
        links.clear();
    }
}
