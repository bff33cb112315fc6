package io.jverto.media.codec;

/// 48 kHz mono PCM to ITU-T G.722 at 64 kbit/s: 16 kHz, a byte for two samples. On the line its RTP clock is 8000 Hz for reasons of
/// history (RFC 3551 section 4.5.2).
final class G722Encoder implements AudioEncoder {
    private static final int FACTOR = 3;
    private static final int MAX_INPUT = 2_880;
    private static final int SAMPLES_IN_BYTE = 2;

    private final Resampler resampler = Resampler.down(FACTOR, MAX_INPUT);
    private final short[] wide = new short[MAX_INPUT / FACTOR];
    private final G722Filter filter = new G722Filter();
    private final G722Band lower = G722Band.lower();
    private final G722Band higher = G722Band.higher();

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int encode(short[] pcm, int samples, byte[] out, int offset) {
        if (samples > MAX_INPUT || samples > pcm.length || out.length - offset < samples / FACTOR / SAMPLES_IN_BYTE) {
            return -1;
        }
        return encodeWide(wide, resampler.resample(pcm, samples, wide), out, offset);
    }

    /// @param count of samples at 16 kHz, even
    int encodeWide(short[] pcm, int count, byte[] out, int offset) {
        int written = 0;
        for (int i = 0; i + 1 < count; i += SAMPLES_IN_BYTE) {
            filter.put(pcm[i], pcm[i + 1]);
            int low = filter.second() + filter.first() >> 14;
            int high = filter.second() - filter.first() >> 14;
            int lowCode = G722Code.lower(G722Band.saturated(low - lower.prediction()), lower.scale());
            G722Code.adaptLower(lower, lowCode);
            int highCode = G722Code.higher(G722Band.saturated(high - higher.prediction()), higher.scale());
            G722Code.adaptHigher(higher, highCode);
            out[offset + written++] = (byte) (highCode << 6 | lowCode);
        }
        return written;
    }

    /// The other side's predictor forgets by itself: a hundredth is left of a wrong one after some 150 ms.
    @Override
    public void cutPrediction() {
        // G.722 has no frame that depends on none before
    }

    @Override
    public void close() {
        // nothing is held
    }
}
