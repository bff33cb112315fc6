package io.jverto.media.video;

import io.jverto.media.plan.VideoCodec;

/// Tells from its first bytes whether a packet begins a picture that needs no other one. Looks at nothing behind the payload's end: what is cut
/// short is no key frame.
public final class KeyFrames {
    private static final int SINGLE_UNIT_LAST = 23;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int IDR = 5;
    private static final int SEQUENCE_PARAMETERS = 7;
    private static final int UNIT_TYPE = 0x1f;

    private KeyFrames() {}

    /// @param bytes the RTP payload is `bytes[offset .. offset + length)`
    /// @return whether a key frame begins in it; false for what is malformed
    public static boolean begins(VideoCodec codec, byte[] bytes, int offset, int length) {
        int end = offset + length;
        return length > 0 && switch (codec) {
            case VP8 -> vp8(bytes, offset, end);
            case VP9 -> vp9(bytes, offset, end);
            case H264 -> h264(bytes, offset, end);
            case AV1 -> av1(bytes[offset]);
        };
    }

    /// @param bytes the RTP payload of a packet in which a key frame begins, as in [#begins]
    /// @return pixels (RFC 6386 section 9.1), 0 when it is cut short
    public static int heightOfVp8(byte[] bytes, int offset, int length) {
        int frame = offset + 1;
        if ((bytes[offset] & 0x80) != 0 && length > 2) {
            int extended = bytes[frame++];
            frame += (extended & 0x80) == 0 ? 0 : (bytes[frame] & 0x80) != 0 ? 2 : 1;
            frame += (extended & 0x40) != 0 ? 1 : 0;
            frame += (extended & 0x30) != 0 ? 1 : 0;
        }
        return frame + 10 > offset + length ? 0 : (bytes[frame + 8] & 0xff | bytes[frame + 9] << 8) & 0x3fff;
    }

    /// RFC 7741 sections 4.2 and 4.3: the start of partition 0, and the P bit of the frame's header.
    private static boolean vp8(byte[] bytes, int offset, int end) {
        int first = bytes[offset];
        boolean startsFrame = (first & 0x10) != 0 && (first & 0x07) == 0;
        int at = offset + 1;
        if ((first & 0x80) != 0) {
            if (at >= end) {
                return false;
            }
            int extended = bytes[at++];
            if ((extended & 0x80) != 0) {
                if (at >= end) {
                    return false;
                }
                at += (bytes[at] & 0x80) != 0 ? 2 : 1;
            }
            at += (extended & 0x40) != 0 ? 1 : 0;
            at += (extended & 0x30) != 0 ? 1 : 0;
        }
        return startsFrame && at < end && (bytes[at] & 0x01) == 0;
    }

    /// RFC 9628 section 4.2: the start of a frame of the lowest spatial layer that is predicted from no other picture.
    private static boolean vp9(byte[] bytes, int offset, int end) {
        int first = bytes[offset];
        boolean predicted = (first & 0x40) != 0;
        boolean startsFrame = (first & 0x08) != 0;
        if (predicted || !startsFrame) {
            return false;
        }
        int at = offset + 1;
        if ((first & 0x80) != 0) {
            if (at >= end) {
                return false;
            }
            at += (bytes[at] & 0x80) != 0 ? 2 : 1;
        }
        if ((first & 0x20) != 0) {
            return at < end && (bytes[at] >> 1 & 0x07) == 0;
        }
        return at < end;
    }

    /// RFC 6184 sections 5.6 to 5.8: an IDR picture, or the parameters that stand before one.
    private static boolean h264(byte[] bytes, int offset, int end) {
        int type = bytes[offset] & UNIT_TYPE;
        if (type >= 1 && type <= SINGLE_UNIT_LAST) {
            return isKey(type) && offset + 1 < end;
        }
        if (type == FU_A) {
            return offset + 2 < end && (bytes[offset + 1] & 0x80) != 0 && isKey(bytes[offset + 1] & UNIT_TYPE);
        }
        int at = offset + 1;
        while (type == STAP_A && at + 2 < end) {
            if (isKey(bytes[at + 2] & UNIT_TYPE)) {
                return true;
            }
            at += 2 + ((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff);
        }
        return false;
    }

    private static boolean isKey(int unitType) {
        return unitType == IDR || unitType == SEQUENCE_PARAMETERS;
    }

    /// The aggregation header: a new coded video sequence begins, not in the middle of a unit (section 4.4 of its RTP specification).
    private static boolean av1(byte header) {
        return (header & 0x08) != 0 && (header & 0x80) == 0;
    }
}
