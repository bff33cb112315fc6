package io.jverto.media.frame;

/// RFC 6184 section 5, packetization modes 0 and 1.
final class H264Payload implements Payload {
    static final int UNIT_TYPE = 0x1f;
    static final int LAST_SINGLE = 23;
    static final int STAP_A = 24;
    static final int FU_A = 28;
    static final int IDR = 5;
    static final int SEQUENCE_PARAMETERS = 7;
    static final int PICTURE_PARAMETERS = 8;
    private static final int DELIMITER = 9;
    private static final int FILLER = 12;
    private static final int FU_BEGINS = 0x80;
    private static final int FU_ENDS = 0x40;
    private static final int HEADER_WITHOUT_TYPE = 0xe0;

    /// Where the length of a unit stands whose end has not come; -1 without one.
    private int openAt = -1;

    @Override
    public boolean isSound(byte[] payload, int offset, int length) {
        if (length < 2 || (payload[offset] & 0x80) != 0) {
            return false;
        }
        int type = payload[offset] & UNIT_TYPE;
        return type >= 1 && type <= LAST_SINGLE || type == STAP_A && length > 3 || type == FU_A && length > 2;
    }

    @Override
    public boolean begins(byte[] payload, int offset, int length, boolean next) {
        return next || firstUnit(payload, offset) == SEQUENCE_PARAMETERS;
    }

    /// @return its type; 0 in the middle of one
    private static int firstUnit(byte[] payload, int offset) {
        int type = payload[offset] & UNIT_TYPE;
        return switch (type) {
            case STAP_A -> payload[offset + 3] & UNIT_TYPE;
            case FU_A -> (payload[offset + 1] & FU_BEGINS) == 0 ? 0 : payload[offset + 1] & UNIT_TYPE;
            default -> type;
        };
    }

    @Override
    public boolean beginsOnce() {
        return false;
    }

    @Override
    public void clear() {
        openAt = -1;
    }

    @Override
    public boolean add(byte[] payload, int length, FrameBuffer frame) {
        int type = payload[0] & UNIT_TYPE;
        return switch (type) {
            case STAP_A -> several(payload, length, frame);
            case FU_A -> fragment(payload, length, frame);
            default -> openAt < 0 && unit(payload, 0, length, frame);
        };
    }

    private static boolean unit(byte[] payload, int offset, int length, FrameBuffer frame) {
        int type = payload[offset] & UNIT_TYPE;
        if (type != DELIMITER && type != FILLER) {
            frame.addInt(length);
            frame.add(payload, offset, length);
        }
        return true;
    }

    private boolean several(byte[] payload, int length, FrameBuffer frame) {
        int at = 1;
        while (at + 2 < length) {
            int size = (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
            at += 2;
            if (size == 0 || at + size > length) {
                return false;
            }
            unit(payload, at, size, frame);
            at += size;
        }
        return openAt < 0;
    }

    private boolean fragment(byte[] payload, int length, FrameBuffer frame) {
        boolean begins = (payload[1] & FU_BEGINS) != 0;
        if (begins == openAt >= 0) {
            return false;
        }
        if (begins) {
            openAt = frame.length();
            frame.addInt(0);
            frame.add(payload[0] & HEADER_WITHOUT_TYPE | payload[1] & UNIT_TYPE);
        }
        frame.add(payload, 2, length - 2);
        if ((payload[1] & FU_ENDS) != 0) {
            frame.setInt(openAt, frame.length() - openAt - Integer.BYTES);
            openAt = -1;
        }
        return true;
    }

    @Override
    public boolean end(FrameBuffer frame) {
        return openAt < 0 && frame.length() > 0;
    }
}
