package io.jverto.media.codec;

/// A codec of telephones, mono at 8 or 16 kHz, to 48 kHz PCM: a byte is a tick of its RTP clock of 8000 Hz. A lost frame is the last pitch
/// period repeated and faded.
abstract sealed class TelephoneDecoder implements AudioDecoder permits G711Decoder, G722Decoder {
    private static final int RATE = 48_000;
    private static final int CLOCK = 8_000;

    private final int factor;
    private final int maxBytes;
    private final Resampler resampler;
    private final PitchRepeater repeater;
    private final short[] narrow;

    /// @param rateHz what comes out of [#decodeNarrow]
    TelephoneDecoder(int rateHz) {
        this.factor = RATE / rateHz;
        this.maxBytes = MAX_SAMPLES / (RATE / CLOCK);
        this.resampler = Resampler.up(factor, MAX_SAMPLES / factor);
        this.repeater = new PitchRepeater(rateHz);
        this.narrow = new short[MAX_SAMPLES / factor];
    }

    /// @return samples at the codec's own rate
    abstract int decodeNarrow(byte[] bytes, int offset, int length, short[] pcm);

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int durationTicks(byte[] bytes, int offset, int length) {
        return length < 1 || length > maxBytes ? -1 : length;
    }

    @Override
    public int decode(byte[] bytes, int offset, int length, short[] pcm) {
        if (durationTicks(bytes, offset, length) < 0 || pcm.length < length * (RATE / CLOCK)) {
            return -1;
        }
        int count = decodeNarrow(bytes, offset, length, narrow);
        repeater.heard(narrow, count);
        return resampler.resample(narrow, count, pcm);
    }

    @Override
    public int decodeLost(byte[] nextBytes, int offset, int length, short[] pcm, int samples) {
        return conceal(pcm, samples);
    }

    @Override
    public int conceal(short[] pcm, int samples) {
        if (samples < factor || samples > MAX_SAMPLES || pcm.length < samples) {
            return -1;
        }
        int count = samples / factor;
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
