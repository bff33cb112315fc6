package io.jverto.media.frame;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// AV1 (AV1 bitstream specification, section 5), units with their sizes. A frame with a sequence header counts as one that needs no other: senders
/// put it before key frames alone.
final class Av1Header {
    private static final int MAX_UNITS = 1_000;
    private static final int HIGH_LEVEL = 7;
    private static final int MAX_SIZE_BYTES = 4;

    private Av1Header() {}

    /// A unit in a frame.
    private record Unit(int type, int begin, int body, int end) {}

    static @Nullable FrameHeader parse(byte[] frame, int length) {
        FrameHeader header = null;
        int at = 0;
        for (int i = 0; i < MAX_UNITS && at < length; i++) {
            Unit unit = unit(frame, at, length);
            if (unit == null) {
                return null;
            }
            if (unit.type() == Av1Payload.SEQUENCE_HEADER) {
                FrameHeader found = size(new Bits(frame, unit.body(), unit.end(), false));
                if (found == null) {
                    return null;
                }
                header = found;
            } else if (header == null) {
                header = FrameHeader.DEPENDS;
            }
            at = unit.end();
        }
        return header;
    }

    private static @Nullable Unit unit(byte[] frame, int at, int length) {
        int header = frame[at] & 0xff;
        int next = at + ((header & Av1Payload.HAS_EXTENSION) != 0 ? 2 : 1);
        if ((header & 0x80) != 0 || (header & Av1Payload.HAS_SIZE) == 0) {
            return null;
        }
        int size = 0;
        for (int i = 0; i < MAX_SIZE_BYTES && next < length; i++) {
            int digit = frame[next++];
            size |= (digit & 0x7f) << 7 * i;
            if ((digit & 0x80) == 0) {
                return next + size > length ? null : new Unit(header >> 3 & 0x0f, at, next, next + size);
            }
        }
        return null;
    }

    /// Section 5.5.1, as far as the size.
    private static @Nullable FrameHeader size(Bits bits) {
        bits.read(3);
        bits.flag();
        if (bits.flag()) {
            bits.read(5); // of a picture alone
        } else {
            if (bits.flag()) {
                return null; // times of pictures, which no call has
            }
            boolean delays = bits.flag();
            int points = bits.read(5) + 1;
            for (int i = 0; i < points; i++) {
                bits.read(12);
                if (bits.read(5) > HIGH_LEVEL) {
                    bits.flag();
                }
                if (delays && bits.flag()) {
                    bits.read(4);
                }
            }
        }
        int widthBits = bits.read(4) + 1;
        int heightBits = bits.read(4) + 1;
        int width = bits.read(widthBits) + 1;
        int height = bits.read(heightBits) + 1;
        return bits.isOver() ? null : new FrameHeader(true, width, height);
    }

    /// `av1C` ("AV1 in Matroska", section 2.3): 8 bits, with half as many columns and rows of colour.
    static byte[] setup(byte[] frame, int length) {
        int at = 0;
        for (int i = 0; i < MAX_UNITS && at < length; i++) {
            Unit unit = unit(frame, at, length);
            if (unit == null) {
                break;
            }
            if (unit.type() == Av1Payload.SEQUENCE_HEADER) {
                ByteArrayOutputStream setup = new ByteArrayOutputStream();
                Bits bits = new Bits(frame, unit.body(), unit.end(), false);
                int profile = bits.read(3);
                bits.flag();
                int level = level(bits);
                setup.write(0x81);
                setup.write(profile << 5 | level);
                setup.write(0x0c);
                setup.write(0);
                setup.writeBytes(Arrays.copyOfRange(frame, unit.begin(), unit.end()));
                return setup.toByteArray();
            }
            at = unit.end();
        }
        return new byte[0];
    }

    private static int level(Bits bits) {
        if (bits.flag()) {
            return bits.read(5);
        }
        bits.read(1 + 1 + 5 + 12);
        return bits.read(5);
    }
}
