package io.jverto.media.codec;

/// ITU-T G.722 at 64 kbit/s to 48 kHz mono PCM. A lost frame is the last pitch period repeated and faded.
final class G722Decoder implements AudioDecoder {
    private static final int FACTOR = 3;
    private static final int RATE = 16_000;
    private static final int SAMPLES_IN_BYTE = 2;
    private static final int MAX_WIDE = MAX_SAMPLES / FACTOR;
    private static final int MAX_BYTES = MAX_WIDE / SAMPLES_IN_BYTE;

    private final Resampler resampler = Resampler.up(FACTOR, MAX_WIDE);
    private final PitchRepeater repeater = new PitchRepeater(RATE);
    private final short[] wide = new short[MAX_WIDE];
    private final G722Filter filter = new G722Filter();
    private final G722Band lower = G722Band.lower();
    private final G722Band higher = G722Band.higher();

    @Override
    public int channels() {
        return 1;
    }

    /// A tick of the RTP clock is a byte.
    @Override
    public int durationTicks(byte[] bytes, int offset, int length) {
        return length < 1 || length > MAX_BYTES ? -1 : length;
    }

    @Override
    public int decode(byte[] bytes, int offset, int length, short[] pcm) {
        if (durationTicks(bytes, offset, length) < 0 || pcm.length < length * SAMPLES_IN_BYTE * FACTOR) {
            return -1;
        }
        int count = decodeWide(bytes, offset, length, wide);
        repeater.heard(wide, count);
        return resampler.resample(wide, count, pcm);
    }

    /// @return samples at 16 kHz
    int decodeWide(byte[] bytes, int offset, int length, short[] pcm) {
        for (int i = 0; i < length; i++) {
            int code = bytes[offset + i] & 0xff;
            int low = sum(lower, G722Code.lowerLevel(code & 63));
            G722Code.adaptLower(lower, code & 63);
            int high = sum(higher, G722Code.higherLevel(code >> 6));
            G722Code.adaptHigher(higher, code >> 6);
            filter.put(low + high, low - high);
            pcm[2 * i] = (short) G722Band.saturated(filter.second() >> 11);
            pcm[2 * i + 1] = (short) G722Band.saturated(filter.first() >> 11);
        }
        return length * SAMPLES_IN_BYTE;
    }

    private static int sum(G722Band band, int level) {
        return Math.clamp(band.prediction() + band.difference(level), -16_384, 16_383);
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
        repeater.repeat(wide, count);
        return resampler.resample(wide, count, pcm);
    }

    @Override
    public void reset() {
        repeater.reset();
        filter.reset();
        lower.reset();
        higher.reset();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
