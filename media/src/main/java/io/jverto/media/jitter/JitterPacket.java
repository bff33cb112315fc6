package io.jverto.media.jitter;

/// What a [JitterBuffer] is told of a packet: a block of parameters that its caller fills again for each packet.
public final class JitterPacket {
    public long arrivalNanos;
    public int ssrc;
    /// 16 bits.
    public int sequence;
    /// 32 bits.
    public int timestamp;
    /// What the payload lasts, by its codec.
    public int durationTicks;
    /// The payload is `bytes[offset .. offset + length)`; it is copied.
    public byte[] bytes = new byte[0];

    public int offset;
    public int length;
}
