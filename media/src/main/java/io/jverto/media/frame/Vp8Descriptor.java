package io.jverto.media.frame;

/// The payload descriptor in front of each piece of a frame (RFC 7741 section 4.2).
final class Vp8Descriptor {
    /// What [#write] puts before a piece. No picture id: those who watch may be given pieces of another encoder with the next key frame, and the
    /// order of packets says all.
    static final int WRITTEN_BYTES = 1;

    private static final int EXTENDED = 0x80;
    private static final int START = 0x10;
    private static final int PARTITION = 0x07;
    private static final int HAS_PICTURE_ID = 0x80;
    private static final int HAS_LEVEL_INDEX = 0x40;
    private static final int HAS_LAYER = 0x20;
    private static final int HAS_KEY_INDEX = 0x10;
    private static final int LONG_PICTURE_ID = 0x80;

    private Vp8Descriptor() {}

    /// @return bytes of the descriptor; -1 when it is cut off, or nothing follows it
    static int length(byte[] payload, int offset, int length) {
        if (length < 1) {
            return -1;
        }
        int at = 1;
        if ((payload[offset] & EXTENDED) != 0) {
            if (length < 2) {
                return -1;
            }
            int extensions = payload[offset + 1];
            at = 2;
            if ((extensions & HAS_PICTURE_ID) != 0) {
                if (length <= at) {
                    return -1;
                }
                at += (payload[offset + at] & LONG_PICTURE_ID) != 0 ? 2 : 1;
            }
            at += (extensions & HAS_LEVEL_INDEX) != 0 ? 1 : 0;
            at += (extensions & (HAS_LAYER | HAS_KEY_INDEX)) != 0 ? 1 : 0;
        }
        return at < length ? at : -1;
    }

    /// @return whether a frame begins here: the start of its first partition
    static boolean beginsFrame(byte[] payload, int offset) {
        return (payload[offset] & START) != 0 && (payload[offset] & PARTITION) == 0;
    }

    static void write(byte[] payload, int offset, boolean start) {
        payload[offset] = (byte) (start ? START : 0);
    }
}
