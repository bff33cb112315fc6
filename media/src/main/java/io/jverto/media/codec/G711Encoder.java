package io.jverto.media.codec;

/// 48 kHz mono PCM to G.711.
final class G711Encoder implements AudioEncoder {
    private static final int FACTOR = 6;
    private static final int MAX_INPUT = 2880;

    private final G711 law;
    private final Resampler resampler = Resampler.down(FACTOR, MAX_INPUT);
    private final short[] narrow = new short[MAX_INPUT / FACTOR];

    G711Encoder(G711 law) {
        this.law = law;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int encode(short[] pcm, int samples, byte[] out, int offset) {
        if (samples > MAX_INPUT || samples > pcm.length || out.length - offset < samples / FACTOR) {
            return -1;
        }
        int count = resampler.resample(pcm, samples, narrow);
        for (int i = 0; i < count; i++) {
            out[offset + i] = law.encode(narrow[i]);
        }
        return count;
    }

    @Override
    public void cutPrediction() {
        // G.711 predicts nothing
    }

    @Override
    public void close() {
        // nothing is held
    }
}
