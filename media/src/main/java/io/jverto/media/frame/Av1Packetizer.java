package io.jverto.media.frame;

import io.jverto.media.plan.VideoCodec;

/// The RTP payload of AV1 (AOM, "RTP Payload Format For AV1", section 4): each unit behind its length, without a size of its own. Files have the
/// sequence header in key frames ("AV1 in Matroska", section 3).
final class Av1Packetizer implements Packetizer {
    /// Of a length of no more than a payload.
    private static final int LENGTH_BYTES = 2;
    private static final int LEAST_PIECE = 8;
    private static final int MAX_SIZE_BYTES = 4;

    private final byte[] payload = new byte[MAX_PAYLOAD];
    private final FrameBuffer units = new FrameBuffer();
    private int filled;
    private boolean key;
    private boolean first;

    @Override
    public void send(byte[] frame, int length, Sink sink) {
        FrameHeader header = FrameHeader.parse(VideoCodec.AV1, frame, length);
        if (header == null) {
            return;
        }
        key = header.key();
        first = true;
        filled = 1;
        payload[0] = 0;
        int last = last(frame, length);
        for (int at = 0; at >= 0 && at <= last; ) {
            int next = unit(frame, at, length);
            if (units.length() > 0) {
                put(at == last, sink);
            }
            at = next;
        }
    }

    /// @return where the last unit begins that is sent
    private int last(byte[] frame, int length) {
        int last = -1;
        for (int at = 0; at >= 0 && at < length; ) {
            int next = unit(frame, at, length);
            last = units.length() > 0 ? at : last;
            at = next;
        }
        return last;
    }

    /// Takes the unit at a place without its size; nothing where it is not sent.
    ///
    /// @return where the next one begins; -1 where none can
    private int unit(byte[] frame, int at, int length) {
        units.clear();
        int header = frame[at] & 0xff;
        int type = header >> 3 & 0x0f;
        int next = at + ((header & Av1Payload.HAS_EXTENSION) != 0 ? 2 : 1);
        int headers = next - at;
        int size = 0;
        for (int i = 0; i < MAX_SIZE_BYTES && next < length; i++) {
            int digit = frame[next++];
            size |= (digit & 0x7f) << 7 * i;
            if ((digit & 0x80) == 0) {
                break;
            }
        }
        if (next + size > length) {
            return -1;
        }
        if (type != Av1Payload.TEMPORAL_DELIMITER && type != Av1Payload.PADDING) {
            units.add(header & ~Av1Payload.HAS_SIZE);
            units.add(frame, at + 1, headers - 1);
            units.add(frame, next, size);
        }
        return next + size;
    }

    private void put(boolean last, Sink sink) {
        int at = 0;
        boolean ends;
        do {
            int room = MAX_PAYLOAD - filled - LENGTH_BYTES;
            if (room < LEAST_PIECE) {
                flush(false, false, sink);
                room = MAX_PAYLOAD - filled - LENGTH_BYTES;
            }
            int piece = Math.min(room, units.length() - at);
            payload[filled++] = (byte) (piece | 0x80);
            payload[filled++] = (byte) (piece >> 7);
            System.arraycopy(units.bytes(), at, payload, filled, piece);
            filled += piece;
            at += piece;
            ends = at == units.length();
            if (!ends) {
                flush(true, false, sink);
                payload[0] = (byte) Av1Payload.CONTINUES;
            }
        } while (!ends);
        if (last) {
            flush(false, true, sink);
        }
    }

    private void flush(boolean goesOn, boolean last, Sink sink) {
        payload[0] |= (byte) ((goesOn ? Av1Payload.GOES_ON : 0) | (first && key ? Av1Payload.NEW_SEQUENCE : 0));
        sink.onPayload(payload, filled, last);
        first = false;
        payload[0] = 0;
        filled = 1;
    }
}
