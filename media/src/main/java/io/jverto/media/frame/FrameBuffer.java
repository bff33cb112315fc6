package io.jverto.media.frame;

import java.util.Arrays;

/// Bytes of a frame that grows up to [FrameAssembler#MAX_FRAME].
final class FrameBuffer {
    private static final int FIRST_SIZE = 16_384;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;
    private boolean tooLong;

    void clear() {
        length = 0;
        tooLong = false;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// @return whether something did not fit
    boolean isTooLong() {
        return tooLong;
    }

    void add(byte[] from, int offset, int count) {
        if (fits(count)) {
            System.arraycopy(from, offset, bytes, length, count);
            length += count;
        }
    }

    void add(int one) {
        if (fits(1)) {
            bytes[length++] = (byte) one;
        }
    }

    /// A number of four bytes, the highest first.
    void addInt(int number) {
        for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
            add(number >>> shift);
        }
    }

    /// Writes a number of four bytes where there are some.
    void setInt(int at, int number) {
        for (int i = 0; i < Integer.BYTES && at + i < length; i++) {
            bytes[at + i] = (byte) (number >>> 24 - Byte.SIZE * i);
        }
    }

    /// A number of seven bits in a byte, the lowest first (LEB128).
    void addLeb128(int number) {
        int left = number;
        while (left >= 0x80) {
            add(left | 0x80);
            left >>>= 7;
        }
        add(left);
    }

    private boolean fits(int count) {
        tooLong |= length + count > FrameAssembler.MAX_FRAME;
        if (!tooLong && length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(FrameAssembler.MAX_FRAME, Math.max(2 * bytes.length, length + count)));
        }
        return !tooLong;
    }
}
