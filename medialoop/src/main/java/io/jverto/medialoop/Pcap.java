package io.jverto.medialoop;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// The file format of packet captures (libpcap's, with nanoseconds), each packet with headers of IP and UDP that are made up of its addresses.
/// Pure: bytes into buffers. Specified by draft-ietf-opsawg-pcap, RFC 791, RFC 8200, RFC 768.
final class Pcap {
    /// Of a file.
    static final int FILE_HEADER = 24;
    /// Before each packet.
    static final int RECORD_HEADER = 16;
    /// IP and UDP, the longer of both.
    static final int MOST_HEADERS = 48;
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final short MAJOR = 2;
    private static final short MINOR = 4;
    /// Packets begin with an IP header of either version.
    private static final int LINKTYPE_RAW = 101;
    private static final int SNAPSHOT = 65_535;
    private static final long SECOND = 1_000_000_000L;
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int UDP = 8;
    private static final int PROTOCOL_UDP = 17;
    private static final int HOPS = 64;

    private Pcap() {}

    static void fileHeader(ByteBuffer to) {
        to.putInt(MAGIC_NANOS).putShort(MAJOR).putShort(MINOR).putInt(0).putInt(0).putInt(SNAPSHOT).putInt(LINKTYPE_RAW);
    }

    /// @param epochNanos since 1970
    static void recordHeader(ByteBuffer to, long epochNanos, int length) {
        to.putInt((int) (epochNanos / SECOND)).putInt((int) (epochNanos % SECOND)).putInt(length).putInt(length);
    }

    /// Writes one packet: what stands before a datagram, then the datagram. Addresses of two families are both written as IPv6.
    ///
    /// @param to has [#MOST_HEADERS] more than the datagram
    /// @return bytes written
    static int packet(byte[] to, InetSocketAddress source, InetSocketAddress target, byte[] bytes, int offset, int length) {
        ByteBuffer out = ByteBuffer.wrap(to);
        boolean four = source.getAddress() instanceof Inet4Address && target.getAddress() instanceof Inet4Address;
        int udp = four ? ipv4(out, source.getAddress(), target.getAddress(), UDP + length) : ipv6(out, source.getAddress(), target.getAddress(), UDP + length);
        out.putShort((short) source.getPort()).putShort((short) target.getPort()).putShort((short) (UDP + length)).putShort((short) 0);
        out.put(bytes, offset, length);
        // RFC 768: the pseudo header is the addresses, which stand right before, the protocol and the length.
        int sum = sum(to, udp - (four ? 8 : 32), out.position(), PROTOCOL_UDP + UDP + length);
        out.putShort(udp + 6, (short) (sum == 0 ? 0xffff : sum));
        return out.position();
    }

    private static int ipv4(ByteBuffer out, InetAddress source, InetAddress target, int payload) {
        out.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4 + payload)).putInt(0);
        out.put((byte) HOPS).put((byte) PROTOCOL_UDP).putShort((short) 0).put(source.getAddress()).put(target.getAddress());
        out.putShort(10, (short) sum(out.array(), 0, IPV4, 0));
        return IPV4;
    }

    private static int ipv6(ByteBuffer out, InetAddress source, InetAddress target, int payload) {
        out.putInt(0x60000000).putShort((short) payload).put((byte) PROTOCOL_UDP).put((byte) HOPS);
        sixteen(out, source);
        sixteen(out, target);
        return IPV6;
    }

    private static void sixteen(ByteBuffer out, InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            out.putLong(0).putInt(0xffff); // RFC 4291 section 2.5.5.2
        }
        out.put(bytes);
    }

    /// RFC 1071.
    private static int sum(byte[] bytes, int from, int to, int initial) {
        long sum = initial;
        for (int i = from; i < to; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < to ? bytes[i + 1] & 0xff : 0);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) (~sum & 0xffff);
    }
}
