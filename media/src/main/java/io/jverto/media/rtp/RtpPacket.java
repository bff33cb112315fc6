package io.jverto.media.rtp;

/// A reusable view of one RTP packet in a byte array (RFC 3550 section 5.1), and the writer of its header.
/// [#read] checks every length; the accessors mean nothing after it returned false.
/// The bytes stay the caller's. Not thread-safe.
public final class RtpPacket {
    /// Bytes of a header without CSRCs and extension.
    public static final int FIXED_HEADER = 12;

    private static final int VERSION_BITS = 0xc0;
    private static final int VERSION_2 = 0x80;
    private static final int PADDING_BIT = 0x20;
    private static final int EXTENSION_BIT = 0x10;
    private static final int EXTENSION_HEADER = 4;

    private boolean marker;
    private int payloadType;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int headerLength;
    private int payloadOffset;
    private int payloadLength;
    private int extensionProfile;
    private int extensionOffset;
    private int extensionLength;

    /// Reads the packet `bytes[offset .. offset + length)`.
    ///
    /// @return false when it is no well-formed RTP packet
    public boolean read(byte[] bytes, int offset, int length) {
        if (length < FIXED_HEADER || (bytes[offset] & VERSION_BITS) != VERSION_2) {
            return false;
        }
        int first = bytes[offset];
        marker = (bytes[offset + 1] & 0x80) != 0;
        payloadType = bytes[offset + 1] & 0x7f;
        sequence = Bits.u16(bytes, offset + 2);
        timestamp = Bits.i32(bytes, offset + 4);
        ssrc = Bits.i32(bytes, offset + 8);
        int at = FIXED_HEADER + 4 * (first & 0x0f);
        at = readExtension(first, bytes, offset, length, at);
        if (at < 0 || at > length) {
            return false;
        }
        int padding = (first & PADDING_BIT) == 0 ? 0 : bytes[offset + length - 1] & 0xff;
        // RFC 3550 section 5.1: the padding count includes itself, so zero is malformed.
        if ((first & PADDING_BIT) != 0 && (padding == 0 || padding > length - at)) {
            return false;
        }
        headerLength = at;
        payloadOffset = offset + at;
        payloadLength = length - at - padding;
        return true;
    }

    private int readExtension(int first, byte[] bytes, int offset, int length, int at) {
        extensionLength = 0;
        if ((first & EXTENSION_BIT) == 0) {
            return at;
        }
        if (at + EXTENSION_HEADER > length) {
            return -1;
        }
        extensionProfile = Bits.u16(bytes, offset + at);
        extensionLength = 4 * Bits.u16(bytes, offset + at + 2);
        extensionOffset = offset + at + EXTENSION_HEADER;
        return at + EXTENSION_HEADER + extensionLength;
    }

    /// Writes a fixed header without CSRCs, extension and padding.
    ///
    /// @param sequence its lower 16 bits count
    public static void writeHeader(
            byte[] to, int offset, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
        to[offset] = (byte) VERSION_2;
        to[offset + 1] = (byte) ((marker ? 0x80 : 0) | payloadType & 0x7f);
        Bits.put16(to, offset + 2, sequence);
        Bits.put32(to, offset + 4, timestamp);
        Bits.put32(to, offset + 8, ssrc);
    }

    /// Says in a header from [#writeHeader] that an extension follows it (RFC 3550 section 5.3.1).
    public static void announceExtension(byte[] to, int offset) {
        to[offset] |= (byte) EXTENSION_BIT;
    }

    public boolean marker() {
        return marker;
    }

    public int payloadType() {
        return payloadType;
    }

    /// @return 0 to 65535
    public int sequence() {
        return sequence;
    }

    /// @return unsigned
    public int timestamp() {
        return timestamp;
    }

    /// @return unsigned
    public int ssrc() {
        return ssrc;
    }

    /// @return bytes before the payload, extension included
    public int headerLength() {
        return headerLength;
    }

    /// @return index in the array that was read
    public int payloadOffset() {
        return payloadOffset;
    }

    /// @return bytes of payload without padding
    public int payloadLength() {
        return payloadLength;
    }

    /// @return the "defined by profile" field, 0xbede for one-byte headers (RFC 8285); 0 when there is no extension
    public int extensionProfile() {
        return extensionLength == 0 ? 0 : extensionProfile;
    }

    /// @return bytes of the extension with its own header, directly before the payload; 0 when there is none
    public int extensionBytes() {
        return extensionLength == 0 ? 0 : EXTENSION_HEADER + extensionLength;
    }

    /// @return index of the extension's data in the array that was read
    public int extensionOffset() {
        return extensionOffset;
    }

    /// @return bytes of the extension's data, 0 when there is none
    public int extensionLength() {
        return extensionLength;
    }
}
