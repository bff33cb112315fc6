package io.jverto.media.datagram;

/// What a datagram on a media port is, by its first two bytes. Never allocates. RFC 7983 section 7, RFC 5761 section 4.
/// ZRTP (16-19), TURN channels (64-79) and QUIC are not spoken here: they are `OTHER`.
public enum DatagramKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    /// Nothing that belongs here: to be counted and dropped.
    OTHER;

    public static DatagramKind of(byte[] bytes, int offset, int length) {
        if (length < 2) {
            return OTHER;
        }
        int first = bytes[offset] & 0xff;
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 128 && first <= 191) {
            int second = bytes[offset + 1] & 0xff;
            // RFC 5761 section 4: 192-223 are RTCP types; as RTP they would be payload types 64-95 with the marker bit set.
            return second >= 192 && second <= 223 ? RTCP : RTP;
        }
        return OTHER;
    }
}
