package io.jverto.media.mixer;

/// Sound of 48 kHz as sound of 8 kHz, sample by sample: what is above 2.8 kHz is taken out first.
final class NarrowBand {
    static final int RATE = 8_000;
    private static final int FACTOR = 6;
    private static final int LOW_PASS = 48;
    private static final double CUT_OFF = 2_800.0 / (RATE * FACTOR);
    private static final double[] TAPS = lowPass();

    private final double[] line = new double[LOW_PASS];
    private int lineAt;
    private int phase;

    /// Takes a sample.
    ///
    /// @return whether there is one of 8 kHz now
    boolean take(short sample) {
        line[lineAt] = sample;
        lineAt = lineAt + 1 == LOW_PASS ? 0 : lineAt + 1;
        phase = phase + 1 == FACTOR ? 0 : phase + 1;
        return phase == 0;
    }

    double sample() {
        double sum = 0;
        int at = lineAt;
        for (int i = 0; i < LOW_PASS; i++) {
            sum += TAPS[i] * line[at];
            at = at + 1 == LOW_PASS ? 0 : at + 1;
        }
        return sum;
    }

    private static double[] lowPass() {
        double[] taps = new double[LOW_PASS];
        double sum = 0;
        for (int i = 0; i < LOW_PASS; i++) {
            double x = i - (LOW_PASS - 1) / 2.0;
            double window = 0.54 + 0.46 * Math.cos(2 * Math.PI * x / LOW_PASS);
            taps[i] = Math.sin(2 * Math.PI * CUT_OFF * x) / x * window;
            sum += taps[i];
        }
        for (int i = 0; i < LOW_PASS; i++) {
            taps[i] /= sum;
        }
        return taps;
    }
}
