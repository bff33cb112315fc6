package io.jverto.medialoop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads captures as their format says, knowing nothing of how they were written.
final class PcapReader {
    private PcapReader() {}

    /// A UDP datagram.
    ///
    /// @param nanos since 1970
    record Packet(long nanos, InetSocketAddress source, InetSocketAddress target, byte[] payload) {}

    static List<Packet> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        check(in.getInt() == 0xa1b23c4d, "nanoseconds, the most significant byte first");
        check(in.getShort() == 2 && in.getShort() == 4, "version 2.4");
        check(in.getLong() == 0, "reserved");
        check(in.getInt() == 65_535, "whole packets");
        check(in.getInt() == 101, "raw IP");
        List<Packet> packets = new ArrayList<>();
        while (in.hasRemaining()) {
            long nanos = Integer.toUnsignedLong(in.getInt()) * 1_000_000_000L + in.getInt();
            byte[] bytes = new byte[in.getInt()];
            check(in.getInt() == bytes.length, "nothing is cut off");
            in.get(bytes);
            packets.add(packet(nanos, bytes));
        }
        return packets;
    }

    static Packet packet(long nanos, byte[] bytes) throws IOException {
        ByteBuffer ip = ByteBuffer.wrap(bytes);
        boolean four = bytes[0] == 0x45;
        check(four || bytes[0] == 0x60, "an IP header");
        int header = four ? 20 : 40;
        check(bytes[four ? 9 : 6] == 17, "UDP");
        check(Short.toUnsignedInt(ip.getShort(four ? 2 : 4)) == bytes.length - (four ? 0 : 40), "the length of IP");
        check(!four || sum(bytes, 0, 20, 0) == 0xffff, "the checksum of IP");
        check(Short.toUnsignedInt(ip.getShort(header + 4)) == bytes.length - header, "the length of UDP");
        check(sum(bytes, four ? 12 : 8, bytes.length, 17 + bytes.length - header) == 0xffff, "the checksum of UDP");
        int size = four ? 4 : 16;
        int at = four ? 12 : 8;
        InetSocketAddress source = new InetSocketAddress(InetAddress.getByAddress(slice(bytes, at, size)), Short.toUnsignedInt(ip.getShort(header)));
        InetSocketAddress target = new InetSocketAddress(InetAddress.getByAddress(slice(bytes, at + size, size)), Short.toUnsignedInt(ip.getShort(header + 2)));
        return new Packet(nanos, source, target, slice(bytes, header + 8, bytes.length - header - 8));
    }

    private static byte[] slice(byte[] bytes, int at, int length) {
        byte[] part = new byte[length];
        System.arraycopy(bytes, at, part, 0, length);
        return part;
    }

    /// The one's complement sum, which is all ones over what has its checksum in it.
    private static int sum(byte[] bytes, int from, int to, int initial) {
        int sum = initial;
        for (int i = from; i < to; i++) {
            sum += (bytes[i] & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }

    private static void check(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("not as it has to be: " + what);
        }
    }
}
