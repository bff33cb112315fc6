package io.jverto.media.rtp;

/// How loud a packet is, by the word of its sender: the header extension of RFC 6464 in its one-byte form (RFC 8285 section 4.2).
/// Stateless.
public final class AudioLevel {
    /// Of a packet that does not say.
    public static final int UNKNOWN = -1;
    /// Digital silence, and the highest value.
    public static final int SILENCE = 127;

    private static final int ONE_BYTE_FORM = 0xbede;
    private static final int PADDING = 0;
    private static final int STOP = 15;

    private AudioLevel() {}

    /// @param bytes that `packet` was read from
    /// @param id of the extension, 1 to 14
    /// @return 0 to 127: so many dB below the loudest there is; [#UNKNOWN] when it is not there or broken
    public static int read(RtpPacket packet, byte[] bytes, int id) {
        if (packet.extensionProfile() != ONE_BYTE_FORM) {
            return UNKNOWN;
        }
        int end = packet.extensionOffset() + packet.extensionLength();
        int at = packet.extensionOffset();
        while (at < end) {
            int element = bytes[at] >> 4 & 0x0f;
            int length = (bytes[at] & 0x0f) + 1;
            if (element == STOP) {
                return UNKNOWN;
            }
            if (element == id) {
                return at + 1 < end ? bytes[at + 1] & SILENCE : UNKNOWN;
            }
            at += element == PADDING ? 1 : 1 + length;
        }
        return UNKNOWN;
    }
}
