package io.jverto.media.frame;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// H.264 (ITU-T H.264 section 7.3), units behind lengths of four bytes.
final class H264Header {
    private static final int MAX_SIDE = 1 << 14;
    private static final int HIGH = 100;
    private static final int MACROBLOCK = 16;
    private static final int MAX_CYCLE = 255;

    private H264Header() {}

    static @Nullable FrameHeader parse(byte[] frame, int length) {
        boolean key = false;
        int parameters = -1;
        int units = 0;
        for (int at = 0; at < length; at += Integer.BYTES + size(frame, at), units++) {
            if (size(frame, at) <= 0 || at + Integer.BYTES + size(frame, at) > length) {
                return null;
            }
            int type = frame[at + Integer.BYTES] & H264Payload.UNIT_TYPE;
            key |= type == H264Payload.IDR;
            parameters = type == H264Payload.SEQUENCE_PARAMETERS ? at : parameters;
        }
        if (units == 0) {
            return null;
        }
        if (!key || parameters < 0) {
            return FrameHeader.DEPENDS; // without its parameters nobody can begin with it
        }
        return size(frame, parameters + Integer.BYTES, parameters + Integer.BYTES + size(frame, parameters));
    }

    private static int size(byte[] frame, int at) {
        return at + Integer.BYTES > frame.length ? -1
                : (frame[at] & 0xff) << 24 | (frame[at + 1] & 0xff) << 16 | (frame[at + 2] & 0xff) << 8 | frame[at + 3] & 0xff;
    }

    /// Section 7.3.2.1.1, as far as the size.
    private static @Nullable FrameHeader size(byte[] frame, int from, int end) {
        Bits bits = new Bits(frame, from + 1, end, true);
        int profile = bits.read(8);
        bits.read(16);
        bits.unsigned();
        int chroma = 1;
        if (profile >= HIGH || profile == 44) {
            chroma = bits.unsigned();
            if (chroma != 1) {
                return null;
            }
            bits.unsigned();
            bits.unsigned();
            bits.flag();
            if (bits.flag()) {
                return null; // lists of scaling, which nobody sends who talks
            }
        }
        bits.unsigned();
        order(bits);
        bits.unsigned();
        bits.flag();
        int columns = bits.unsigned() + 1;
        int rows = bits.unsigned() + 1;
        boolean frames = bits.flag();
        if (!frames) {
            bits.flag();
        }
        bits.flag();
        boolean cut = bits.flag();
        int left = cut ? bits.unsigned() : 0;
        int right = cut ? bits.unsigned() : 0;
        int top = cut ? bits.unsigned() : 0;
        int bottom = cut ? bits.unsigned() : 0;
        long width = (long) columns * MACROBLOCK - 2L * (left + (long) right);
        long height = ((long) rows * MACROBLOCK - 2L * (top + (long) bottom)) * (frames ? 1 : 2);
        boolean makesSense = !bits.isOver() && columns > 0 && rows > 0 && width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE;
        return makesSense ? new FrameHeader(true, (int) width, (int) height) : null;
    }

    private static void order(Bits bits) {
        int kind = bits.unsigned();
        if (kind == 0) {
            bits.unsigned();
        } else if (kind == 1) {
            bits.flag();
            bits.signed();
            bits.signed();
            int cycle = Math.min(bits.unsigned(), MAX_CYCLE);
            for (int i = 0; i < cycle; i++) {
                bits.signed();
            }
        }
    }

    /// `AVCDecoderConfigurationRecord` (ISO/IEC 14496-15 section 5.2.4.1).
    static byte[] setup(byte[] frame, int length) {
        byte[] sequence = unit(frame, length, H264Payload.SEQUENCE_PARAMETERS);
        byte[] picture = unit(frame, length, H264Payload.PICTURE_PARAMETERS);
        if (sequence.length < 4 || picture.length == 0) {
            return new byte[0];
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(1);
        record.write(sequence, 1, 3);
        record.write(0xfc | Integer.BYTES - 1);
        for (byte[] parameters : new byte[][] {sequence, picture}) {
            record.write(parameters == sequence ? 0xe0 | 1 : 1);
            record.write(parameters.length >> 8);
            record.write(parameters.length);
            record.writeBytes(parameters);
        }
        return record.toByteArray();
    }

    private static byte[] unit(byte[] frame, int length, int wanted) {
        for (int at = 0; at + Integer.BYTES < length; at += Integer.BYTES + size(frame, at)) {
            int size = size(frame, at);
            if (size <= 0 || at + Integer.BYTES + size > length) {
                break;
            }
            if ((frame[at + Integer.BYTES] & H264Payload.UNIT_TYPE) == wanted) {
                return java.util.Arrays.copyOfRange(frame, at + Integer.BYTES, at + Integer.BYTES + size);
            }
        }
        return new byte[0];
    }
}
