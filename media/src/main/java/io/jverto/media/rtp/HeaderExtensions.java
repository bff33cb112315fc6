package io.jverto.media.rtp;

/// Header extensions in their one-byte form (RFC 8285 section 4.2). Stateless.
public final class HeaderExtensions {
    /// What stands before them, in the place of a profile.
    public static final int ONE_BYTE_FORM = 0xbede;

    private static final int PADDING = 0;
    private static final int STOP = 15;

    private HeaderExtensions() {}

    /// @param bytes that `packet` was read from
    /// @param id of the element, 1 to 14
    /// @param length bytes that it needs at least
    /// @return index of its first byte of data, -1 when it is not there, or broken
    public static int find(RtpPacket packet, byte[] bytes, int id, int length) {
        if (packet.extensionProfile() != ONE_BYTE_FORM) {
            return -1;
        }
        int end = packet.extensionOffset() + packet.extensionLength();
        int at = packet.extensionOffset();
        while (at < end) {
            int element = bytes[at] >> 4 & 0x0f;
            int size = (bytes[at] & 0x0f) + 1;
            if (element == STOP) {
                return -1;
            }
            if (element == id) {
                return size >= length && at + 1 + length <= end ? at + 1 : -1;
            }
            at += element == PADDING ? 1 : 1 + size;
        }
        return -1;
    }

    /// @param at index of an element's first byte of data, as [#find] gives it
    /// @return how many bytes of data it has
    public static int size(byte[] bytes, int at) {
        return (bytes[at - 1] & 0x0f) + 1;
    }

    /// @return the two bytes there as a number
    public static int u16(byte[] bytes, int at) {
        return Bits.u16(bytes, at);
    }
}
