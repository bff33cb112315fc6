package io.jverto.media.video;

import io.jverto.media.plan.VideoCodec;

/// Lets the numbers of pictures run on in the stream that one viewer gets, whoever its source is: the picture id and the index of base pictures in VP8
/// (RFC 7741 section 4.2) and VP9 (RFC 9628 section 4.2), and VP8's index of key frames. The payload of the first source stays as it is, and so do
/// H.264 and AV1, which have no such numbers there, and fields that a source leaves out. Allocates nothing.
public final class PictureIds {
    /// What [#rewrite] says of a descriptor that is longer than its payload; nothing was changed.
    public static final int CUT_OFF = -1;

    private static final int EXTENDED = 0x80;
    private static final int ID = 0x80;
    private static final int LONG_ID = 0x80;
    private static final int SHORT_ID_BITS = 7;
    private static final int LONG_ID_BITS = 15;
    private static final int BASE_BITS = 8;
    private static final int KEY_BITS = 5;
    private static final int KEY_MASK = 0x1f;

    private static final int VP8_BASE = 0x40;
    private static final int VP8_LAYER = 0x20;
    private static final int VP8_KEY = 0x10;
    private static final int VP9_LAYER = 0x20;
    private static final int VP9_FLEXIBLE = 0x10;

    private final RunningNumber picture = new RunningNumber();
    private final RunningNumber base = new RunningNumber();
    private final RunningNumber key = new RunningNumber();

    /// Rewrites the descriptor of a packet.
    ///
    /// @param changed the packet is the first of another source
    /// @param keyFrame a key frame begins in it. A source that begins otherwise leaves a number out, so that nobody takes its picture for one that he
    ///        can decode
    /// @param payload of the packet, `payload[offset .. offset + length)`; behind it there is room for one byte more: an id may grow from 7 to 15 bits
    /// @return bytes of the payload now, or [#CUT_OFF]
    public int rewrite(VideoCodec codec, boolean changed, boolean keyFrame, byte[] payload, int offset, int length) {
        if (changed) {
            int step = keyFrame ? 1 : 2;
            picture.change(step);
            base.change(step);
            key.change(step);
        }
        return length == 0 ? 0 : switch (codec) {
            case VP8 -> vp8(payload, offset, length);
            case VP9 -> vp9(payload, offset, length);
            case H264, AV1 -> length;
        };
    }

    private int vp8(byte[] payload, int offset, int length) {
        if ((payload[offset] & EXTENDED) == 0) {
            return length;
        }
        int has = length > 1 ? payload[offset + 1] : 0;
        int at = offset + 2;
        int id = (has & ID) == 0 ? 0 : idBytes(payload, at, offset + length);
        boolean hasBase = (has & VP8_BASE) != 0;
        boolean hasLayer = (has & (VP8_LAYER | VP8_KEY)) != 0;
        if (length <= 2 + id + (hasBase ? 1 : 0) + (hasLayer ? 1 : 0)) {
            return CUT_OFF;
        }
        int longer = id == 0 ? 0 : number(payload, at, id, offset + length);
        at += id + longer;
        if (hasBase) {
            payload[at] = (byte) base.next(payload[at] & 0xff, BASE_BITS);
            at++;
        }
        if ((has & VP8_KEY) != 0) {
            payload[at] = (byte) (payload[at] & ~KEY_MASK | key.next(payload[at] & KEY_MASK, KEY_BITS));
        }
        return length + longer;
    }

    private int vp9(byte[] payload, int offset, int length) {
        int has = payload[offset];
        int at = offset + 1;
        int id = (has & ID) == 0 ? 0 : idBytes(payload, at, offset + length);
        boolean hasLayer = (has & VP9_LAYER) != 0;
        boolean hasBase = hasLayer && (has & VP9_FLEXIBLE) == 0;
        if (length <= 1 + id + (hasLayer ? 1 : 0) + (hasBase ? 1 : 0)) {
            return CUT_OFF;
        }
        int longer = id == 0 ? 0 : number(payload, at, id, offset + length);
        if (hasBase) {
            at += id + longer + 1;
            payload[at] = (byte) base.next(payload[at] & 0xff, BASE_BITS);
        }
        return length + longer;
    }

    /// @return 1 or 2, as if 1 where the payload ends before
    private static int idBytes(byte[] payload, int at, int end) {
        return at < end && (payload[at] & LONG_ID) != 0 ? 2 : 1;
    }

    /// @return by how many bytes the payload is longer now
    private int number(byte[] payload, int at, int bytes, int end) {
        boolean isLong = bytes == 2;
        int theirs = isLong ? (payload[at] & 0x7f) << 8 | payload[at + 1] & 0xff : payload[at];
        int ours = picture.next(theirs, isLong ? LONG_ID_BITS : SHORT_ID_BITS);
        if (!picture.moved()) {
            return 0;
        }
        if (picture.bits() == SHORT_ID_BITS) {
            payload[at] = (byte) ours;
            return 0;
        }
        if (!isLong) {
            System.arraycopy(payload, at + 1, payload, at + 2, end - at - 1);
        }
        payload[at] = (byte) (LONG_ID | ours >> 8);
        payload[at + 1] = (byte) ours;
        return isLong ? 0 : 1;
    }
}
