package io.jverto.media.rtp;

/// Numbers in network byte order.
final class Bits {
    private Bits() {}

    static int u16(byte[] from, int at) {
        return (from[at] & 0xff) << 8 | from[at + 1] & 0xff;
    }

    static int i32(byte[] from, int at) {
        return u16(from, at) << 16 | u16(from, at + 2);
    }

    static void put16(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 8);
        to[at + 1] = (byte) value;
    }

    static void put32(byte[] to, int at, int value) {
        put16(to, at, value >> 16);
        put16(to, at + 2, value);
    }
}
