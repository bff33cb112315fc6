package io.jverto.media.codec;

/// G.711 to 48 kHz mono PCM. A lost frame is the last pitch period repeated and faded.
final class G711Decoder implements AudioDecoder {
    private static final int FACTOR = 6;
    private static final int RATE = 8_000;
    private static final int MAX_BYTES = MAX_SAMPLES / FACTOR;

    private final G711 law;
    private final Resampler resampler = Resampler.up(FACTOR, MAX_BYTES);
    private final PitchRepeater repeater = new PitchRepeater(RATE);
    private final short[] narrow = new short[MAX_BYTES];

    G711Decoder(G711 law) {
        this.law = law;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int durationTicks(byte[] bytes, int offset, int length) {
        return length < 1 || length > MAX_BYTES ? -1 : length;
    }

    @Override
    public int decode(byte[] bytes, int offset, int length, short[] pcm) {
        if (durationTicks(bytes, offset, length) < 0 || pcm.length < length * FACTOR) {
            return -1;
        }
        for (int i = 0; i < length; i++) {
            narrow[i] = law.decode(bytes[offset + i]);
        }
        repeater.heard(narrow, length);
        return resampler.resample(narrow, length, pcm);
    }

    @Override
    public int decodeLost(byte[] nextBytes, int offset, int length, short[] pcm, int samples) {
        return conceal(pcm, samples);
    }

    @Override
    public int conceal(short[] pcm, int samples) {
        if (samples < FACTOR || samples > MAX_SAMPLES || pcm.length < samples) {
            return -1;
        }
        int count = samples / FACTOR;
        repeater.repeat(narrow, count);
        return resampler.resample(narrow, count, pcm);
    }

    @Override
    public void reset() {
        repeater.reset();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
