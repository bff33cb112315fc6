package io.jverto.medialoop;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.function.IntConsumer;

/// The two sockets of a transport that shares none: peers without ICE cannot be told apart at one port. RTP has an even port, RTCP the next
/// one (RFC 3550 section 11). Bound on any thread; then its loop's, whose port lends the memory.
final class DirectPort implements AutoCloseable {
    /// A second of sound and more; a loop looks every two milliseconds.
    private static final int SOCKET_BUFFER = 256 << 10;

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final int number;
    private final boolean ipv4Only;
    private final IntConsumer onClose;

    private DirectPort(DatagramChannel rtp, DatagramChannel rtcp, int number, boolean ipv4Only, IntConsumer onClose) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.number = number;
        this.ipv4Only = ipv4Only;
        this.onClose = onClose;
    }

    /// @param number of the even port
    /// @param onClose told that number when both are free again
    /// @throws IOException when one of the two is not free, or the address is not ours
    static DirectPort bind(InetAddress ip, int number, IntConsumer onClose) throws IOException {
        DatagramChannel rtp = UdpPort.open(ip, number, SOCKET_BUFFER);
        try {
            return new DirectPort(rtp, UdpPort.open(ip, number + 1, SOCKET_BUFFER), number, ip instanceof Inet4Address, onClose);
        } catch (IOException | RuntimeException taken) {
            rtp.close();
            throw taken;
        }
    }

    int number() {
        return number;
    }

    void watchBy(UdpPort loops, LoopTransport transport) {
        loops.watch(rtp, transport);
        loops.watch(rtcp, transport);
    }

    void send(UdpPort loops, InetSocketAddress to, byte[] bytes, int offset, int length) {
        loops.send(rtp, ipv4Only, to, bytes, offset, length);
    }

    void sendControl(UdpPort loops, InetSocketAddress to, byte[] bytes, int offset, int length) {
        loops.send(rtcp, ipv4Only, to, bytes, offset, length);
    }

    @Override
    public void close() {
        if (!rtp.isOpen()) {
            return;
        }
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException ignored) {
            // nothing is left to close
        }
        onClose.accept(number);
    }
}
