package io.jverto.media.frame;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/// The frames of VP9 that come as one (VP9 bitstream specification, annex B).
final class Vp9Frames {
    /// Of an index of one frame.
    static final int INDEX_BYTES = 2 + Integer.BYTES;
    private static final int MAX_FRAMES = 8;
    private static final int MARK_BITS = 0xe0;
    private static final int MARK = 0xc0;

    private final int[] ends = new int[MAX_FRAMES];
    private int count;

    void split(byte[] frame, int length) {
        count = 1;
        ends[0] = length;
        int mark = length == 0 ? 0 : frame[length - 1] & 0xff;
        int frames = (mark & 7) + 1;
        int sizeBytes = (mark >> 3 & 3) + 1;
        int index = length - 2 - frames * sizeBytes;
        if ((mark & MARK_BITS) != MARK || index < 0 || (frame[index] & 0xff) != mark) {
            return;
        }
        int end = 0;
        int at = index + 1;
        for (int i = 0; i < frames; i++) {
            long size = 0;
            for (int part = 0; part < sizeBytes; part++) {
                size |= (frame[at++] & 0xffL) << Byte.SIZE * part;
            }
            if (size == 0 || end + size > index) {
                count = 0; // it is broken
                return;
            }
            end += (int) size;
            ends[i] = end;
        }
        count = frames;
    }

    int count() {
        return count;
    }

    int begin(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    int end(int number) {
        return ends[number];
    }

    /// Writes an index of the frame that stands there.
    ///
    /// @return length of both
    int index(MemorySegment data, int size) {
        byte mark = (byte) (MARK | Integer.BYTES - 1 << 3);
        data.set(JAVA_BYTE, size, mark);
        for (int i = 0; i < Integer.BYTES; i++) {
            data.set(JAVA_BYTE, size + 1L + i, (byte) (size >>> Byte.SIZE * i));
        }
        data.set(JAVA_BYTE, size + 1L + Integer.BYTES, mark);
        return size + INDEX_BYTES;
    }
}
