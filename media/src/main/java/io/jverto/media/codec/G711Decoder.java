package io.jverto.media.codec;

import java.util.Arrays;

/// G.711 to 48 kHz mono PCM. A lost frame is the last pitch period repeated and faded, in the manner of G.711 appendix I.
final class G711Decoder implements AudioDecoder {
    private static final int FACTOR = 6;
    private static final int MAX_BYTES = MAX_SAMPLES / FACTOR;
    /// 5 ms to 15 ms at 8 kHz: voices from 66 to 200 Hz, and multiples of higher pitches.
    private static final int MIN_PITCH = 40;
    private static final int MAX_PITCH = 120;
    private static final int HISTORY = 2 * MAX_PITCH;
    /// Sound is gone after 60 ms of loss (appendix I, section I.2.7).
    private static final float FADE_PER_SAMPLE = 1f / 480;

    private final G711 law;
    private final Resampler resampler = Resampler.up(FACTOR, MAX_BYTES);
    private final short[] narrow = new short[MAX_BYTES];
    private final short[] history = new short[HISTORY];
    private float gain = 1;
    private int pitch;
    private int phase;

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
        gain = 1;
        pitch = 0;
        remember(length);
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
        if (pitch == 0) {
            pitch = findPitch();
            phase = 0;
        }
        int count = samples / FACTOR;
        for (int i = 0; i < count; i++) {
            narrow[i] = (short) (history[HISTORY - pitch + phase] * gain);
            phase = phase + 1 == pitch ? 0 : phase + 1;
            gain = Math.max(0, gain - FADE_PER_SAMPLE);
        }
        return resampler.resample(narrow, count, pcm);
    }

    @Override
    public void reset() {
        Arrays.fill(history, (short) 0);
        pitch = 0;
        gain = 1;
    }

    @Override
    public void close() {
        // nothing is held
    }

    private void remember(int count) {
        int taken = Math.min(count, HISTORY);
        System.arraycopy(history, taken, history, 0, HISTORY - taken);
        System.arraycopy(narrow, count - taken, history, HISTORY - taken, taken);
    }

    /// The lag at which the last 15 ms look most like what came before, by normalised correlation.
    private int findPitch() {
        int best = MAX_PITCH;
        double bestScore = 0;
        for (int lag = MIN_PITCH; lag <= MAX_PITCH; lag++) {
            double cross = 0;
            double energy = 1;
            for (int i = HISTORY - MAX_PITCH; i < HISTORY; i++) {
                cross += (double) history[i] * history[i - lag];
                energy += (double) history[i - lag] * history[i - lag];
            }
            double score = cross <= 0 ? 0 : cross * cross / energy;
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }
}
