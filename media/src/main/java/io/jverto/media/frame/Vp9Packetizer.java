package io.jverto.media.frame;

import io.jverto.media.plan.VideoCodec;

/// RFC 9628 section 4, without layers.
final class Vp9Packetizer implements Packetizer {
    private final byte[] payload = new byte[MAX_PAYLOAD];

    @Override
    public void send(byte[] frame, int length, Sink sink) {
        FrameHeader header = FrameHeader.parse(VideoCodec.VP9, frame, length);
        boolean key = header != null && header.key();
        int size = Packetizer.piece(length, MAX_PAYLOAD - Vp9Payload.WRITTEN_BYTES);
        for (int at = 0; at < length; at += size) {
            int piece = Math.min(size, length - at);
            Vp9Payload.write(payload, key, at == 0, at + piece == length);
            System.arraycopy(frame, at, payload, Vp9Payload.WRITTEN_BYTES, piece);
            sink.onPayload(payload, Vp9Payload.WRITTEN_BYTES + piece, at + piece == length);
        }
    }
}
