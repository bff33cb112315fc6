package io.jverto.media.vp8;

/// Cuts frames into payloads of RTP packets (RFC 7741 section 4). Allocates nothing.
public final class Vp8Packetizer {
    /// Of a payload: leaves room for the headers of RTP, SRTP and a tunnel below.
    static final int MAX_PAYLOAD = 1_150;

    private final byte[] payload = new byte[MAX_PAYLOAD];

    /// Takes the payloads of a frame, in order. Valid only for the time of the call.
    @FunctionalInterface
    public interface Sink {
        /// @param marker last of its frame (RFC 7741 section 4.1)
        void onPayload(byte[] bytes, int length, boolean marker);
    }

    public void send(byte[] frame, int length, Sink sink) {
        int room = MAX_PAYLOAD - Vp8Descriptor.WRITTEN_BYTES;
        int pieces = (length + room - 1) / room;
        // Pieces of the same size: a short last one costs a packet as a long one does, and equal ones are lost alike.
        int size = pieces == 0 ? 0 : (length + pieces - 1) / pieces;
        for (int at = 0; at < length; at += size) {
            int piece = Math.min(size, length - at);
            Vp8Descriptor.write(payload, 0, at == 0);
            System.arraycopy(frame, at, payload, Vp8Descriptor.WRITTEN_BYTES, piece);
            sink.onPayload(payload, Vp8Descriptor.WRITTEN_BYTES + piece, at + piece == length);
        }
    }
}
