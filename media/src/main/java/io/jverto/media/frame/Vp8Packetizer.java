package io.jverto.media.frame;

/// RFC 7741 section 4. Allocates nothing.
final class Vp8Packetizer implements Packetizer {
    private final byte[] payload = new byte[MAX_PAYLOAD];

    @Override
    public void send(byte[] frame, int length, Sink sink) {
        int size = Packetizer.piece(length, MAX_PAYLOAD - Vp8Descriptor.WRITTEN_BYTES);
        for (int at = 0; at < length; at += size) {
            int piece = Math.min(size, length - at);
            Vp8Descriptor.write(payload, 0, at == 0);
            System.arraycopy(frame, at, payload, Vp8Descriptor.WRITTEN_BYTES, piece);
            sink.onPayload(payload, Vp8Descriptor.WRITTEN_BYTES + piece, at + piece == length);
        }
    }
}
