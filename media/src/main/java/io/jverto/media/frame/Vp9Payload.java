package io.jverto.media.frame;

/// RFC 9628 section 4. Spatial layers of one picture become one frame with an index behind it, as decoders and files have them.
final class Vp9Payload implements Payload {
    private static final int PICTURE_ID = 0x80;
    private static final int PREDICTED = 0x40;
    private static final int LAYERS = 0x20;
    private static final int FLEXIBLE = 0x10;
    private static final int BEGINS = 0x08;
    private static final int STRUCTURE = 0x02;
    private static final int LONG_ID = 0x80;
    private static final int MORE = 0x01;
    private static final int MAX_REFERENCES = 3;
    private static final int MAX_LAYERS = 8;

    private final int[] ends = new int[MAX_LAYERS];
    private int layers;

    /// What [#write] puts before a piece.
    static final int WRITTEN_BYTES = 1;

    /// A picture without id and layers: the order of packets says all.
    static void write(byte[] payload, boolean key, boolean begins, boolean ends) {
        payload[0] = (byte) ((key ? 0 : PREDICTED) | (begins ? BEGINS : 0) | (ends ? 0x04 : 0));
    }

    /// @return bytes of the descriptor; -1 when it is cut off, or nothing follows it
    static int length(byte[] payload, int offset, int length) {
        if (length < 1) {
            return -1;
        }
        int first = payload[offset];
        int at = 1;
        if ((first & PICTURE_ID) != 0) {
            if (at >= length) {
                return -1;
            }
            at += (payload[offset + at] & LONG_ID) != 0 ? 2 : 1;
        }
        boolean flexible = (first & FLEXIBLE) != 0;
        at += (first & LAYERS) == 0 ? 0 : flexible ? 1 : 2;
        for (int i = 0; flexible && (first & PREDICTED) != 0 && i < MAX_REFERENCES; i++) {
            if (at >= length) {
                return -1;
            }
            if ((payload[offset + at++] & MORE) == 0) {
                break;
            }
        }
        if ((first & STRUCTURE) != 0) {
            at = structure(payload, offset, length, at);
        }
        return at < 0 || at >= length ? -1 : at;
    }

    /// Passes over the description of the layers.
    private static int structure(byte[] payload, int offset, int length, int begin) {
        int at = begin;
        if (at >= length) {
            return -1;
        }
        int head = payload[offset + at++] & 0xff;
        at += (head & 0x10) != 0 ? 4 * ((head >> 5) + 1) : 0;
        if ((head & 0x08) != 0) {
            if (at >= length) {
                return -1;
            }
            int pictures = payload[offset + at++] & 0xff;
            for (int i = 0; i < pictures; i++) {
                if (at >= length) {
                    return -1;
                }
                at += 1 + (payload[offset + at] >> 2 & 3);
            }
        }
        return at;
    }

    private static boolean isLowest(byte[] payload, int offset) {
        int at = offset + 1;
        if ((payload[offset] & PICTURE_ID) != 0) {
            at += (payload[at] & LONG_ID) != 0 ? 2 : 1;
        }
        return (payload[offset] & LAYERS) == 0 || (payload[at] >> 1 & 7) == 0;
    }

    @Override
    public boolean isSound(byte[] payload, int offset, int length) {
        return length(payload, offset, length) > 0;
    }

    @Override
    public boolean begins(byte[] payload, int offset, int length, boolean next) {
        return (payload[offset] & BEGINS) != 0 && isLowest(payload, offset);
    }

    @Override
    public boolean beginsOnce() {
        return true;
    }

    @Override
    public void clear() {
        layers = 0;
    }

    @Override
    public boolean add(byte[] payload, int length, FrameBuffer frame) {
        int head = length(payload, 0, length);
        if ((payload[0] & BEGINS) != 0) {
            if (layers == MAX_LAYERS) {
                return false;
            }
            layers++;
        }
        frame.add(payload, head, length - head);
        ends[Math.max(0, layers - 1)] = frame.length();
        return true;
    }

    /// VP9 bitstream specification, annex B.
    @Override
    public boolean end(FrameBuffer frame) {
        if (layers > 1) {
            int mark = 0xc0 | Integer.BYTES - 1 << 3 | layers - 1;
            frame.add(mark);
            for (int i = 0; i < layers; i++) {
                frame.addInt(Integer.reverseBytes(ends[i] - (i == 0 ? 0 : ends[i - 1])));
            }
            frame.add(mark);
        }
        return true;
    }
}
