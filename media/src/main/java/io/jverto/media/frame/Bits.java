package io.jverto.media.frame;

/// Reads bits, the highest of a byte first. Behind the end there are zeros, and [#isOver] says so.
final class Bits {
    private static final int MAX_ZEROS = 31;

    private final byte[] bytes;
    private final int end;
    private final boolean escaped;
    private int at;
    private int bit;
    private int zeros;
    private boolean over;

    /// @param escaped whether a 3 behind two zeros is to be left out (ITU-T H.264 section 7.4.1)
    Bits(byte[] bytes, int from, int end, boolean escaped) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.escaped = escaped;
    }

    boolean isOver() {
        return over;
    }

    boolean flag() {
        return read(1) != 0;
    }

    /// @param count 0 to 31
    int read(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | next();
        }
        return value;
    }

    private int next() {
        if (at >= end) {
            over = true;
            return 0;
        }
        int value = bytes[at] >> 7 - bit & 1;
        if (++bit == Byte.SIZE) {
            bit = 0;
            zeros = bytes[at] == 0 ? zeros + 1 : 0;
            at++;
            if (escaped && zeros >= 2 && at < end && bytes[at] == 3) {
                at++;
                zeros = 0;
            }
        }
        return value;
    }

    /// An unsigned number of Exp-Golomb (ITU-T H.264 section 9.1).
    int unsigned() {
        int leading = 0;
        while (!over && next() == 0 && leading < MAX_ZEROS) {
            leading++;
        }
        return leading >= MAX_ZEROS ? Integer.MAX_VALUE : (1 << leading) - 1 + read(leading);
    }

    /// A signed one.
    int signed() {
        int number = unsigned();
        return (number & 1) == 0 ? -(number / 2) : number / 2 + 1;
    }
}
