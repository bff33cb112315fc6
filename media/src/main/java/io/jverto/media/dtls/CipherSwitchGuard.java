package io.jverto.media.dtls;

/// Keeps a client's ChangeCipherSpec from our server until the client's CertificateVerify is there. Bouncy Castle 1.84 has the
/// new keys ready after ClientKeyExchange and switches to them at once; when CertificateVerify was lost or overtaken, its
/// repetition then belongs to the old epoch, is dropped for ever, and the handshake hangs. The client repeats its whole
/// flight (RFC 6347 section 4.2.4), so what is kept back here comes again. Owner: the handshake's thread.
final class CipherSwitchGuard {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;

    /// Bytes of CertificateVerify that came, from its beginning without a gap.
    private int covered;

    private boolean open;

    /// An end that needs no guard.
    static CipherSwitchGuard alwaysOpen() {
        CipherSwitchGuard guard = new CipherSwitchGuard();
        guard.open = true;
        return guard;
    }

    /// @return how much of a datagram may be read: up to the first record that has to wait
    int admit(byte[] datagram) {
        int at = 0;
        while (!open && datagram.length - at >= RECORD_HEADER) {
            int end = at + RECORD_HEADER + int16(datagram, at + 11);
            if (end > datagram.length) {
                break; // not for us to judge
            }
            boolean firstEpoch = int16(datagram, at + 3) == 0;
            if (firstEpoch && datagram[at] == CHANGE_CIPHER_SPEC) {
                return at;
            }
            if (firstEpoch && datagram[at] == HANDSHAKE) {
                look(datagram, at + RECORD_HEADER, end);
            }
            at = end;
        }
        return datagram.length;
    }

    /// Walks the messages, or fragments of them, in a record (RFC 6347 section 4.2.2).
    private void look(byte[] bytes, int from, int end) {
        int at = from;
        while (end - at >= MESSAGE_HEADER) {
            int total = int24(bytes, at + 1);
            int offset = int24(bytes, at + 6);
            int length = int24(bytes, at + 9);
            if (length > end - at - MESSAGE_HEADER) {
                return;
            }
            if (bytes[at] == CERTIFICATE_VERIFY && offset <= covered) {
                covered = Math.max(covered, offset + length);
                open |= covered >= total;
            }
            at += MESSAGE_HEADER + length;
        }
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static int int24(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | int16(bytes, at + 1);
    }
}
