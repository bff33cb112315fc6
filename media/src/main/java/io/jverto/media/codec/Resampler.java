package io.jverto.media.codec;

/// Polyphase FIR between a low rate and `factor` times that rate, in one direction, one channel. The state is kept over
/// frames. Windowed sinc (Kaiser, about 70 dB down), cut at 0.45 of the low rate; its delay is TAPS/2 low samples.
/// Cost: libraries.md section 3.6.
public final class Resampler {
    /// Length of the filter in samples of the low rate.
    private static final int TAPS = 32;
    private static final double CUT_OFF = 0.45;
    private static final double KAISER_BETA = 7;

    private final int factor;
    private final boolean up;
    /// Up: one row of TAPS for each phase. Down: one row of TAPS * factor.
    private final float[][] rows;
    /// The last inputs of the frame before, then this frame.
    private final float[] line;
    private final int history;

    private Resampler(int factor, boolean up, int maxInput) {
        this.factor = factor;
        this.up = up;
        this.rows = up ? phases(factor) : new float[][] {prototype(factor, 1)};
        this.history = rows[0].length - 1;
        this.line = new float[history + maxInput];
    }

    /// @param maxInput samples of the longest frame that comes in
    public static Resampler up(int factor, int maxInput) {
        return new Resampler(factor, true, maxInput);
    }

    /// @param maxInput samples of the longest frame that comes in
    public static Resampler down(int factor, int maxInput) {
        return new Resampler(factor, false, maxInput);
    }

    /// Turns `count` samples into `count * factor` or `count / factor`; a down-sampler takes multiples of its factor.
    ///
    /// @return samples written
    public int resample(short[] in, int count, short[] out) {
        for (int i = 0; i < count; i++) {
            line[history + i] = in[i];
        }
        int written = up ? interpolate(count, out) : decimate(count, out);
        System.arraycopy(line, count, line, 0, history);
        return written;
    }

    private int interpolate(int count, short[] out) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int phase = 0; phase < factor; phase++) {
                out[at++] = clip(product(rows[phase], line, i));
            }
        }
        return at;
    }

    private int decimate(int count, short[] out) {
        int written = count / factor;
        for (int i = 0; i < written; i++) {
            out[i] = clip(product(rows[0], line, i * factor));
        }
        return written;
    }

    /// Eight accumulators: one alone is a chain of dependent additions that the compiler may not reorder.
    static float product(float[] row, float[] line, int at) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int i = 0; i < row.length; i += 8) {
            a += row[i] * line[at + i];
            b += row[i + 1] * line[at + i + 1];
            c += row[i + 2] * line[at + i + 2];
            d += row[i + 3] * line[at + i + 3];
            e += row[i + 4] * line[at + i + 4];
            f += row[i + 5] * line[at + i + 5];
            g += row[i + 6] * line[at + i + 6];
            h += row[i + 7] * line[at + i + 7];
        }
        return ((a + b) + (c + d)) + ((e + f) + (g + h));
    }

    static short clip(float value) {
        return (short) Math.clamp(Math.round(value), -32_768, 32_767);
    }

    /// Row p holds the taps that meet real samples when the output lies p/factor after an input, oldest input first.
    private static float[][] phases(int factor) {
        float[] all = prototype(factor, factor);
        float[][] rows = new float[factor][TAPS];
        for (int phase = 0; phase < factor; phase++) {
            for (int i = 0; i < TAPS; i++) {
                rows[phase][TAPS - 1 - i] = all[i * factor + phase];
            }
        }
        return rows;
    }

    private static float[] prototype(int factor, double gain) {
        int length = TAPS * factor;
        float[] taps = new float[length];
        double middle = (length - 1) / 2.0;
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double x = i - middle;
            double angle = 2 * Math.PI * CUT_OFF / factor * x;
            double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(angle) / angle;
            double edge = x / (length / 2.0);
            taps[i] = (float) (sinc * bessel(KAISER_BETA * Math.sqrt(1 - edge * edge)));
            sum += taps[i];
        }
        for (int i = 0; i < length; i++) {
            taps[i] = (float) (taps[i] * gain / sum);
        }
        return taps;
    }

    /// Modified Bessel function of order zero, by its series.
    static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k < 30; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
