package io.jverto.sip.transport;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.sip.message.SipDecoder;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/// SIP over UDP: a message in each datagram.
final class UdpSocket implements AutoCloseable {
    private static final int LARGEST = 65_535;
    /// Datagrams of several thousand phones that all come back at once.
    private static final int BUFFER = 4 << 20;
    /// Shorter ones keep a NAT's binding open (RFC 5626 section 4.4.1 and what phones do): line ends, zeros.
    private static final int SHORTEST = 16;

    private final DatagramChannel channel;
    private final TimeSource time;
    private final SourceLimits limits;
    private final Counters<TransportCounter> counters;
    private final SipInput input;

    UdpSocket(InetSocketAddress bind, TimeSource time, SourceLimits limits, Counters<TransportCounter> counters, SipInput input) throws IOException {
        this.channel = DatagramChannel.open();
        this.time = time;
        this.limits = limits;
        this.counters = counters;
        this.input = input;
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
        channel.bind(bind);
        time.start("sip-udp-" + port(), this::read);
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    void send(Hop to, byte[] message) {
        try {
            channel.send(ByteBuffer.wrap(message), to.remote());
            counters.increment(TransportCounter.SENT);
        } catch (IOException unsendable) {
            counters.increment(TransportCounter.SEND_FAILED);
            input.unreachable(to);
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                if (channel.receive(buffer) instanceof InetSocketAddress from) {
                    onDatagram(from, buffer);
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException unreachable) {
                counters.increment(TransportCounter.SEND_FAILED); // of what was sent before: the kernel tells it here
            }
        }
    }

    private void onDatagram(InetSocketAddress from, ByteBuffer buffer) {
        if (buffer.position() < SHORTEST) {
            return;
        }
        if (!limits.take(time.nanoTime(), from.getAddress())) {
            counters.increment(TransportCounter.DROPPED_SOURCE_LIMIT);
            return;
        }
        input.received(new Hop(SipTransport.UDP, from), SipDecoder.decode(buffer.array(), 0, buffer.position()));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingToSave) {
            counters.increment(TransportCounter.SEND_FAILED);
        }
    }
}
