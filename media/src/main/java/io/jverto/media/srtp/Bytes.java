package io.jverto.media.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Big-endian numbers in byte arrays, and comparison in constant time.
final class Bytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static int getShort(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static void xor(byte[] target, int at, byte[] mask, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            putLong(target, at + i, getLong(target, at + i) ^ getLong(mask, i));
        }
        for (; i < length; i++) {
            target[at + i] ^= mask[i];
        }
    }

    /// Takes the same time wherever the first difference is, so that a tag cannot be guessed byte by byte.
    static boolean equal(byte[] a, int atA, byte[] b, int atB, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= a[atA + i] ^ b[atB + i];
        }
        return difference == 0;
    }
}
