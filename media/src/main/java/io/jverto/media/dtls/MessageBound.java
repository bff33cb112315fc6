package io.jverto.media.dtls;

/// Refuses handshake messages that claim to be longer than any that we take. Bouncy Castle 1.84 knows our bound, but makes room for
/// a whole message as soon as one fragment of it comes: 16 MiB for each of 16 messages, from a datagram of 200 bytes (security.md
/// S21). So this looks before it does.
final class MessageBound {
    private static final int HANDSHAKE = 22;
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;

    private MessageBound() {}

    /// @return false when a record of the first epoch, which everybody can read, holds such a message
    static boolean admits(byte[] datagram) {
        int at = 0;
        while (datagram.length - at >= RECORD_HEADER) {
            int end = at + RECORD_HEADER + int16(datagram, at + 11);
            if (end > datagram.length) {
                return true; // Bouncy Castle drops what is cut short
            }
            boolean plain = int16(datagram, at + 3) == 0;
            if (plain && datagram[at] == HANDSHAKE && !admits(datagram, at + RECORD_HEADER, end)) {
                return false;
            }
            at = end;
        }
        return true;
    }

    /// Walks the messages, or fragments of them, in a record (RFC 6347 section 4.2.2).
    static boolean admits(byte[] bytes, int from, int end) {
        int at = from;
        while (end - at >= MESSAGE_HEADER) {
            if (int24(bytes, at + 1) > DtlsTerms.MAX_HANDSHAKE_MESSAGE) {
                return false;
            }
            at += MESSAGE_HEADER + int24(bytes, at + 9);
        }
        return true;
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static int int24(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | int16(bytes, at + 1);
    }
}
