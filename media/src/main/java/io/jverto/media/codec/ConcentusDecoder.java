package io.jverto.media.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.jverto.base.Broken;

/// Opus in Java, where no native library loads.
final class ConcentusDecoder implements AudioDecoder {
    private static final byte[] NOTHING = new byte[1];
    private static final int MAX_PACKET = 1500;
    private static final int GRAIN = 120;

    private final int channels;
    private final OpusDecoder decoder;

    ConcentusDecoder(int channels) {
        this.channels = channels;
        try {
            this.decoder = new OpusDecoder(OpusTuning.RATE, channels);
        } catch (OpusException bug) {
            throw new Broken("no decoder for " + channels + " channels", bug);
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
        return durationTicks(bytes, offset, length) < 0 ? -1 : run(bytes, offset, length, pcm, MAX_SAMPLES, false);
    }

    @Override
    public int decodeLost(byte[] nextBytes, int offset, int length, short[] pcm, int samples) {
        return durationTicks(nextBytes, offset, length) < 0 || samples % GRAIN != 0
                ? -1
                : run(nextBytes, offset, length, pcm, samples, true);
    }

    @Override
    public int conceal(short[] pcm, int samples) {
        return samples % GRAIN != 0 ? -1 : run(NOTHING, 0, 0, pcm, samples, false);
    }

    @Override
    public void reset() {
        decoder.resetState();
    }

    @Override
    public void close() {
        // memory only
    }

    private int run(byte[] bytes, int offset, int length, short[] pcm, int samples, boolean fec) {
        if (pcm.length < samples * channels) {
            return -1;
        }
        try {
            int made = decoder.decode(bytes, offset, length, pcm, 0, samples, fec);
            return made <= 0 ? -1 : made;
        } catch (OpusException | RuntimeException malformed) {
            return -1; // the library throws unchecked exceptions on some malformed packets
        }
    }
}
