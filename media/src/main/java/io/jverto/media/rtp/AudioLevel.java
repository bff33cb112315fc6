package io.jverto.media.rtp;

/// How loud a packet is, by the word of its sender: the header extension of RFC 6464 in its one-byte form (RFC 8285 section 4.2).
/// Stateless.
public final class AudioLevel {
    /// Of a packet that does not say.
    public static final int UNKNOWN = -1;
    /// Digital silence, and the highest value.
    public static final int SILENCE = 127;

    private AudioLevel() {}

    /// @param bytes that `packet` was read from
    /// @param id of the extension, 1 to 14
    /// @return 0 to 127: so many dB below the loudest there is; [#UNKNOWN] when it is not there or broken
    public static int read(RtpPacket packet, byte[] bytes, int id) {
        int at = HeaderExtensions.find(packet, bytes, id, 1);
        return at < 0 ? UNKNOWN : bytes[at] & SILENCE;
    }
}
