package io.jverto.media.codec;

import java.util.Arrays;

/// Makes up what was lost: the last pitch period repeated and faded, in the manner of G.711 appendix I.
final class PitchRepeater {
    private final int minPitch;
    private final int maxPitch;
    private final short[] history;
    private final float fadePerSample;
    private float gain = 1;
    private int pitch;
    private int phase;

    /// @param rateHz of the samples: voices from 66 to 200 Hz, and multiples of higher pitches, are found
    PitchRepeater(int rateHz) {
        this.minPitch = rateHz / 200;
        this.maxPitch = rateHz * 3 / 200;
        this.history = new short[2 * maxPitch];
        this.fadePerSample = 1_000f / rateHz / 60; // gone after 60 ms of loss (appendix I, section I.2.7)
    }

    /// These samples were really heard.
    void heard(short[] samples, int count) {
        int taken = Math.min(count, history.length);
        System.arraycopy(history, taken, history, 0, history.length - taken);
        System.arraycopy(samples, count - taken, history, history.length - taken, taken);
        gain = 1;
        pitch = 0;
    }

    /// Writes what may have come next.
    void repeat(short[] samples, int count) {
        if (pitch == 0) {
            pitch = findPitch();
            phase = 0;
        }
        for (int i = 0; i < count; i++) {
            samples[i] = (short) (history[history.length - pitch + phase] * gain);
            phase = phase + 1 == pitch ? 0 : phase + 1;
            gain = Math.max(0, gain - fadePerSample);
        }
    }

    void reset() {
        Arrays.fill(history, (short) 0);
        pitch = 0;
        gain = 1;
    }

    /// The lag at which the last 15 ms look most like what came before, by normalised correlation.
    private int findPitch() {
        int best = maxPitch;
        double bestScore = 0;
        for (int lag = minPitch; lag <= maxPitch; lag++) {
            double cross = 0;
            double energy = 1;
            for (int i = history.length - maxPitch; i < history.length; i++) {
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
