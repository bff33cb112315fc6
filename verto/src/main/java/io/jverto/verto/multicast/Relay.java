package io.jverto.verto.multicast;

import io.jverto.base.count.Budget;
import io.jverto.base.count.Counters;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.net.Addresses;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.profile.VertoProfile.Multicast;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One profile's place in its group: hears on `mcast-port`, speaks on the port above it. What it hears is for clients' own channels
/// alone ([EventChannels#relay]) and is never spoken again, so that nothing goes round. Bounded: [#AT_ONCE] and [#PER_SECOND].
///
/// Only this machine's own programs are heard, by their source address; a system lets no such address in from outside. They need no
/// password: whoever may run a program here may speak, which is why the group is off unless it is configured.
final class Relay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    /// Datagrams heard; each is put into text once for all who hear it, about 100 us.
    private static final int AT_ONCE = 1_000;
    private static final int PER_SECOND = 500;
    /// Does not leave the machine (RFC 1112 section 6.1).
    private static final int TTL = 0;

    private final DatagramChannel channel;
    private final InetSocketAddress target;
    private final EventChannels events;
    private final Counters<VertoCount> counters;
    private final TimeSource time;
    private final Budget budget;

    private Relay(DatagramChannel channel, InetSocketAddress target, EventChannels events, Counters<VertoCount> counters, TimeSource time) {
        this.channel = channel;
        this.target = target;
        this.events = events;
        this.counters = counters;
        this.time = time;
        this.budget = new Budget(AT_ONCE, PER_SECOND, time.nanoTime());
    }

    /// @throws IOException when the system does not let it join
    static Relay open(Multicast.Group group, EventChannels events, Counters<VertoCount> counters, TimeSource time) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            InetSocketAddress heard = new InetSocketAddress(group.address(), group.port());
            NetworkInterface way = way(heard);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, TTL);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, way);
            // Bound to the group and not to every address: what is sent to this machine alone does not arrive.
            channel.bind(heard);
            channel.join(group.address(), way);
            NetworkInterface loopback = loopback();
            if (!loopback.equals(way)) {
                channel.join(group.address(), loopback);
            }
            return new Relay(channel, new InetSocketAddress(group.address(), group.port() + 1), events, counters, time);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    /// Speaks. Never waits for long: UDP has no window.
    ///
    /// @param params as they go to local hearers
    void publish(JsonObject params) {
        Optional<ByteBuffer> datagram = EventDatagram.encode(params);
        try {
            if (datagram.isEmpty() || channel.send(datagram.get(), target) == 0) {
                counters.increment(VertoCount.RELAY_DROPPED);
            } else {
                counters.increment(VertoCount.RELAYED_OUT);
            }
        } catch (IOException unreachable) {
            counters.increment(VertoCount.RELAY_DROPPED);
            log.debug("the group {} cannot be reached: {}", Addresses.text(target), unreachable.getMessage());
        }
    }

    /// Hears until it is closed.
    void listen() {
        ByteBuffer buffer = ByteBuffer.allocate(EventDatagram.MAX_BYTES);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                onDatagram(from.getAddress(), buffer.flip());
            } catch (ClosedChannelException end) {
                return;
            } catch (IOException lost) {
                log.warn("the group {} is not heard any more: {}", target.getAddress().getHostAddress(), lost.getMessage());
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            log.debug("closing the group: {}", gone.getMessage());
        }
    }

    private void onDatagram(InetAddress from, ByteBuffer datagram) throws SocketException {
        boolean heard = budget.take(time.nanoTime(), 1)
                && NetworkInterface.getByInetAddress(from) != null
                && EventDatagram.decode(datagram).filter(events::relay).isPresent();
        counters.increment(heard ? VertoCount.RELAYED_IN : VertoCount.RELAY_DROPPED);
    }

    /// @return the interface by which the system would send to the group; the loopback one when it knows no way
    private static NetworkInterface way(InetSocketAddress group) throws IOException {
        try (DatagramChannel probe = DatagramChannel.open(StandardProtocolFamily.INET)) {
            probe.connect(group); // sends nothing
            NetworkInterface way = NetworkInterface.getByInetAddress(((InetSocketAddress) probe.getLocalAddress()).getAddress());
            return way == null ? loopback() : way;
        } catch (SocketException noRoute) {
            return loopback();
        }
    }

    private static NetworkInterface loopback() throws SocketException {
        NetworkInterface found = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        if (found == null) {
            throw new SocketException("this machine has no loopback interface");
        }
        return found;
    }
}
