package io.jverto.medialoop;

/// Names one of our ICE checks: the 96-bit transaction id of its STUN header (RFC 8489 section 5).
///
/// @param high the first 8 bytes
/// @param low the other 4
record TransactionId(long high, int low) {
    private static final int OFFSET = 8;
    private static final int HEADER = 20;

    static boolean isIn(int length) {
        return length >= HEADER;
    }

    static TransactionId of(byte[] bytes, int offset) {
        int at = offset + OFFSET;
        return new TransactionId((long) word(bytes, at) << 32 | word(bytes, at + 4) & 0xffff_ffffL, word(bytes, at + 8));
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }
}
