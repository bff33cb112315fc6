package io.jverto.media.frame;

import org.jspecify.annotations.Nullable;

/// VP9 bitstream specification, section 6.2: the uncompressed header.
final class Vp9Header {
    private static final int MARKER = 2;
    private static final int SYNC = 0x498342;
    private static final int RGB = 7;
    private static final int REFERENCES = 3;
    private static final int RESERVED_PROFILE = 3;

    private Vp9Header() {}

    static @Nullable FrameHeader parse(byte[] frame, int length) {
        FrameHeader header = look(frame, 0, length);
        return header == null || header.key() ? header : FrameHeader.DEPENDS;
    }

    /// @return with a size wherever the frame says one, and not only of a key frame; null where this cannot be a frame
    static @Nullable FrameHeader look(byte[] frame, int from, int end) {
        Bits bits = new Bits(frame, from, end, false);
        if (bits.read(2) != MARKER) {
            return null;
        }
        int profile = bits.read(1) | bits.read(1) << 1;
        if (profile == RESERVED_PROFILE && bits.flag()) {
            return null;
        }
        boolean showsOther = bits.flag();
        if (showsOther) {
            return FrameHeader.DEPENDS;
        }
        boolean key = !bits.flag();
        boolean shown = bits.flag();
        boolean resilient = bits.flag();
        if (key) {
            return bits.read(24) == SYNC && colours(bits, profile) ? size(bits, true) : null;
        }
        boolean intra = !shown && bits.flag();
        bits.read(resilient ? 0 : 2);
        if (intra) {
            if (bits.read(24) != SYNC || profile > 0 && !colours(bits, profile)) {
                return null;
            }
            bits.read(8);
            return size(bits, false);
        }
        bits.read(8 + REFERENCES * 4);
        boolean sameSize = false;
        for (int i = 0; i < REFERENCES && !sameSize; i++) {
            sameSize = bits.flag();
        }
        return bits.isOver() ? null : sameSize ? FrameHeader.DEPENDS : size(bits, false);
    }

    private static @Nullable FrameHeader size(Bits bits, boolean key) {
        int width = bits.read(16) + 1;
        int height = bits.read(16) + 1;
        return bits.isOver() ? null : new FrameHeader(key, width, height);
    }

    private static boolean colours(Bits bits, int profile) {
        if (profile >= 2) {
            bits.flag(); // bits of a sample
        }
        int space = bits.read(3);
        if (space == RGB) {
            return profile % 2 == 1 && !bits.flag();
        }
        bits.flag();
        if (profile % 2 == 1) {
            bits.read(3);
        }
        return true;
    }
}
