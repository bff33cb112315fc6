package io.jverto.media.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.jverto.base.Broken;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Opus by libopus. The thread that makes it must use and close it: its memory is confined. Allocates nothing per packet.
final class NativeOpusDecoder implements AudioDecoder {
    /// RTP over UDP carries no longer packet.
    private static final int MAX_PACKET = 1500;
    /// Lengths that libopus can make up are multiples of 2.5 ms.
    private static final int GRAIN = 120;

    private final Arena arena = Arena.ofConfined();
    private final int channels;
    private final MemorySegment state;
    private final MemorySegment pcmMemory;
    private final MemorySegment packetMemory;
    private boolean closed;

    NativeOpusDecoder(int channels) {
        this.channels = channels;
        this.pcmMemory = arena.allocate(JAVA_SHORT, (long) MAX_SAMPLES * channels);
        this.packetMemory = arena.allocate(MAX_PACKET);
        this.state = OpusNative.createDecoder(OpusTuning.RATE, channels);
        if (state.address() == 0) {
            arena.close();
            throw new Broken("libopus made no decoder for " + channels + " channels");
        }
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int durationTicks(byte[] bytes, int offset, int length) {
        return length > MAX_PACKET ? -1 : OpusPacket.samples(bytes, offset, length);
    }

    @Override
    public int decode(byte[] bytes, int offset, int length, short[] pcm) {
        return run(bytes, offset, length, pcm, MAX_SAMPLES, 0);
    }

    @Override
    public int decodeLost(byte[] nextBytes, int offset, int length, short[] pcm, int samples) {
        return isLength(samples) ? run(nextBytes, offset, length, pcm, samples, 1) : -1;
    }

    @Override
    public int conceal(short[] pcm, int samples) {
        if (closed || !isLength(samples) || pcm.length < samples * channels) {
            return -1;
        }
        return taken(OpusNative.decode(state, MemorySegment.NULL, 0, pcmMemory, samples, 0), pcm);
    }

    @Override
    public void reset() {
        if (!closed) {
            OpusNative.resetDecoder(state);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OpusNative.destroyDecoder(state);
            arena.close();
        }
    }

    private int run(byte[] bytes, int offset, int length, short[] pcm, int samples, int fec) {
        if (closed || durationTicks(bytes, offset, length) < 0 || pcm.length < samples * channels) {
            return -1;
        }
        MemorySegment.copy(bytes, offset, packetMemory, JAVA_BYTE, 0, length);
        return taken(OpusNative.decode(state, packetMemory, length, pcmMemory, samples, fec), pcm);
    }

    private int taken(int samples, short[] pcm) {
        if (samples <= 0) {
            return -1; // the bytes were no packet: OPUS_INVALID_PACKET
        }
        MemorySegment.copy(pcmMemory, JAVA_SHORT, 0, pcm, 0, samples * channels);
        return samples;
    }

    private static boolean isLength(int samples) {
        return samples >= GRAIN && samples <= MAX_SAMPLES && samples % GRAIN == 0;
    }
}
