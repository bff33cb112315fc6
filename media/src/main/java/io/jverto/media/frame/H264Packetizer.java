package io.jverto.media.frame;

import java.util.Arrays;

/// RFC 6184, packetization mode 1: units that fit alone, others in fragments.
final class H264Packetizer implements Packetizer {
    private static final int FU_HEADERS = 2;
    private static final int SETUP_BYTES = 7;

    private final byte[] payload = new byte[MAX_PAYLOAD];
    private final byte[] setup;
    private final int lengthBytes;

    /// @param setup an `AVCDecoderConfigurationRecord`, perhaps empty
    H264Packetizer(byte[] setup) {
        this.setup = setup;
        this.lengthBytes = setup.length < SETUP_BYTES ? Integer.BYTES : (setup[4] & 3) + 1;
    }

    @Override
    public void send(byte[] frame, int length, Sink sink) {
        int last = -1;
        boolean key = false;
        boolean whole = false;
        for (int at = 0; at + lengthBytes < length; at += lengthBytes + size(frame, at)) {
            if (size(frame, at) <= 0 || at + lengthBytes + size(frame, at) > length) {
                break; // what a broken file says goes no further
            }
            int type = frame[at + lengthBytes] & H264Payload.UNIT_TYPE;
            key |= type == H264Payload.IDR;
            whole |= type == H264Payload.SEQUENCE_PARAMETERS;
            last = at;
        }
        if (key && !whole) {
            parameters(sink);
        }
        for (int at = 0; at <= last; at += lengthBytes + size(frame, at)) {
            unit(frame, at + lengthBytes, size(frame, at), at == last, sink);
        }
    }

    private int size(byte[] frame, int at) {
        int size = 0;
        for (int i = 0; i < lengthBytes; i++) {
            size = size << 8 | frame[at + i] & 0xff;
        }
        return size;
    }

    /// Those that stand beside the track.
    private void parameters(Sink sink) {
        int at = SETUP_BYTES - 1;
        for (int list = 0; list < 2 && setup.length >= SETUP_BYTES && at > 0 && at <= setup.length; list++) {
            int count = list == 0 ? setup[at - 1] & 0x1f : at < setup.length ? setup[at++] & 0xff : 0;
            for (int i = 0; i < count && at + 2 <= setup.length; i++) {
                int size = (setup[at] & 0xff) << 8 | setup[at + 1] & 0xff;
                if (size == 0 || at + 2 + size > setup.length) {
                    return;
                }
                unit(setup, at + 2, size, false, sink);
                at += 2 + size;
            }
        }
    }

    private void unit(byte[] bytes, int from, int length, boolean last, Sink sink) {
        if (length <= MAX_PAYLOAD) {
            sink.onPayload(Arrays.copyOfRange(bytes, from, from + length), length, last);
            return;
        }
        int body = length - 1;
        int size = Packetizer.piece(body, MAX_PAYLOAD - FU_HEADERS);
        for (int at = 0; at < body; at += size) {
            int piece = Math.min(size, body - at);
            boolean ends = at + piece == body;
            payload[0] = (byte) (bytes[from] & 0xe0 | H264Payload.FU_A);
            payload[1] = (byte) ((at == 0 ? 0x80 : 0) | (ends ? 0x40 : 0) | bytes[from] & H264Payload.UNIT_TYPE);
            System.arraycopy(bytes, from + 1 + at, payload, FU_HEADERS, piece);
            sink.onPayload(payload, FU_HEADERS + piece, last && ends);
        }
    }
}
