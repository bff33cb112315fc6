package io.jverto.media.jitter;

/// A packet that waits in a [JitterBuffer], and its memory, in which others wait after it.
final class HeldPacket {
    /// Most packets of a call's sound.
    private static final int FIRST_BYTES = 256;

    /// Counted on over the 16 bits of a packet's.
    long sequence;
    /// Counted on over the 32 bits of a packet's.
    long timestamp;
    long arrivalNanos;
    int durationTicks;
    /// The payload is `bytes[0 .. length)`.
    int length;
    byte[] bytes = new byte[FIRST_BYTES];

    void fill(JitterPacket packet, long sequence, long timestamp) {
        if (bytes.length < packet.length) {
            bytes = new byte[JitterBuffer.MAX_PAYLOAD];
        }
        System.arraycopy(packet.bytes, packet.offset, bytes, 0, packet.length);
        this.sequence = sequence;
        this.timestamp = timestamp;
        arrivalNanos = packet.arrivalNanos;
        durationTicks = packet.durationTicks;
        length = packet.length;
    }
}
