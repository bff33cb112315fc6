package io.jverto.media.frame;

import org.jspecify.annotations.Nullable;

/// RFC 6386 section 9.1.
final class Vp8Header {
    private static final int TAG_BYTES = 3;
    private static final int KEY_BYTES = 10;
    private static final int SIZE_BITS = 0x3fff;

    private Vp8Header() {}

    static @Nullable FrameHeader parse(byte[] frame, int length) {
        if (length < TAG_BYTES) {
            return null;
        }
        int tag = frame[0] & 0xff | (frame[1] & 0xff) << 8 | (frame[2] & 0xff) << 16;
        boolean key = (tag & 1) == 0;
        int profile = tag >> 1 & 7;
        int firstPartition = tag >> 5;
        if (profile > 3 || firstPartition > length) {
            return null;
        }
        if (!key) {
            return FrameHeader.DEPENDS;
        }
        if (length < KEY_BYTES || frame[3] != (byte) 0x9d || frame[4] != 0x01 || frame[5] != 0x2a) {
            return null;
        }
        int width = (frame[6] & 0xff | (frame[7] & 0xff) << 8) & SIZE_BITS;
        int height = (frame[8] & 0xff | (frame[9] & 0xff) << 8) & SIZE_BITS;
        return width == 0 || height == 0 ? null : new FrameHeader(true, width, height);
    }
}
