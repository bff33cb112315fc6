package io.jverto.media.frame;

/// The RTP payload of AV1 (AOM, "RTP Payload Format For AV1", section 4).
final class Av1Payload implements Payload {
    static final int SEQUENCE_HEADER = 1;
    static final int TEMPORAL_DELIMITER = 2;
    static final int PADDING = 15;
    static final int HAS_SIZE = 0x02;
    static final int HAS_EXTENSION = 0x04;
    static final int CONTINUES = 0x80;
    static final int GOES_ON = 0x40;
    static final int NEW_SEQUENCE = 0x08;
    private static final int MAX_SIZE_BYTES = 4;

    /// The unit whose end has not come.
    private final FrameBuffer open = new FrameBuffer();
    private boolean isOpen;
    /// Where [#size] stopped.
    private int read;

    @Override
    public boolean isSound(byte[] payload, int offset, int length) {
        return length > 1 && (payload[offset] & (CONTINUES | NEW_SEQUENCE)) != (CONTINUES | NEW_SEQUENCE);
    }

    @Override
    public boolean begins(byte[] payload, int offset, int length, boolean next) {
        return (payload[offset] & CONTINUES) == 0 && (next || (payload[offset] & NEW_SEQUENCE) != 0);
    }

    @Override
    public boolean beginsOnce() {
        return false;
    }

    @Override
    public void clear() {
        isOpen = false;
        open.clear();
    }

    @Override
    public boolean add(byte[] payload, int length, FrameBuffer frame) {
        int head = payload[0] & 0xff;
        int count = head >> 4 & 3;
        boolean continues = (head & CONTINUES) != 0;
        if (continues != isOpen) {
            return false;
        }
        int at = 1;
        for (int i = 1; at < length; i++) {
            int size = i == count ? length - at : size(payload, at, length);
            at = i == count ? at : read;
            if (size < 0 || at + size > length) {
                return false;
            }
            open.add(payload, at, size);
            at += size;
            boolean last = at >= length;
            if (last && (head & GOES_ON) != 0) {
                isOpen = true;
                return !open.isTooLong();
            }
            if (!close(frame)) {
                return false;
            }
            if (count > 0 && i == count) {
                return true;
            }
        }
        return count == 0;
    }

    /// @return the number that stands there (LEB128); -1 where there is none
    private int size(byte[] bytes, int at, int end) {
        int size = 0;
        for (int i = 0; i < MAX_SIZE_BYTES && at + i < end; i++) {
            size |= (bytes[at + i] & 0x7f) << 7 * i;
            if ((bytes[at + i] & 0x80) == 0) {
                read = at + i + 1;
                return size;
            }
        }
        return -1;
    }

    /// Writes the unit that is complete, with its size.
    private boolean close(FrameBuffer frame) {
        byte[] unit = open.bytes();
        int length = open.length();
        isOpen = false;
        open.clear();
        if (length == 0) {
            return true;
        }
        int header = unit[0] & 0xff;
        int type = header >> 3 & 0x0f;
        int at = (header & HAS_EXTENSION) != 0 ? 2 : 1;
        int headers = at;
        if ((header & HAS_SIZE) != 0) {
            int size = size(unit, at, length);
            if (size < 0 || read + size > length) {
                return false;
            }
            at = read;
            length = at + size;
        }
        if (at > length || (header & 0x80) != 0) {
            return false;
        }
        if (type != TEMPORAL_DELIMITER && type != PADDING) {
            frame.add(header | HAS_SIZE);
            frame.add(unit, 1, headers - 1);
            frame.addLeb128(length - at);
            frame.add(unit, at, length - at);
        }
        return true;
    }

    @Override
    public boolean end(FrameBuffer frame) {
        return !isOpen && frame.length() > 0;
    }
}
