package io.jverto.medialoop.file;

import io.jverto.media.audio.PcmRing;
import io.jverto.media.codec.RateConverter;
import io.jverto.switchboard.port.SoundSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Hands what comes out of a ring to whoever wants to have it, at his rate.
final class SoundTap implements Work {
    private static final int RATE = 48_000;
    private static final int FRAME = 960;

    private final PcmRing ring;
    private final SoundSink sink;
    private final RateConverter converter;
    private final short[] frame = new short[FRAME];
    private final short[] converted;
    private final ByteBuffer out;
    private volatile boolean stopped;

    /// @param ring of one channel
    SoundTap(PcmRing ring, SoundSink sink) {
        this.ring = ring;
        this.sink = sink;
        this.converter = new RateConverter(RATE, sink.rateHz(), FRAME);
        this.converted = new short[converter.maxOutput(FRAME)];
        this.out = ByteBuffer.allocate(2 * converted.length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean step() {
        while (!stopped && ring.poll(frame)) {
            int count = converter.convert(frame, FRAME, converted);
            out.clear();
            for (int i = 0; i < count; i++) {
                out.putShort(converted[i]);
            }
            if (!sink.take(out.flip())) {
                return false;
            }
        }
        return !stopped;
    }

    @Override
    public void close() {
        ring.end(false);
        sink.over();
    }
}
