package io.jverto.media.codec;

/// Any sampling rate to any other, one channel, state kept over blocks: what files need, whose rates are no whole fraction of
/// 48 kHz (44.1 kHz above all). Windowed sinc as in [Resampler], cut at 0.45 of the lower rate. Ratios with many phases are
/// read between the rows of a table of [#MAX_PHASES]. Output lies in time where its input does; [#flush] gives the end.
public final class RateConverter {
    /// Length of the filter in samples of the lower rate.
    private static final int TAPS = 32;
    private static final double CUT_OFF = 0.45;
    private static final double KAISER_BETA = 7;
    /// 44.1 kHz to 48 kHz has 160 phases. With more, what lies between two rows is off by less than the filter is anyway.
    private static final int MAX_PHASES = 512;
    /// Products are summed eight at a time.
    private static final int ROUND = 8;

    /// Output n lies at input time n * step / whole.
    private final long whole;
    private final long step;
    private final int phases;
    private final int taps;
    private final float[][] rows;

    private final float[] line;
    private int filled;
    /// First tap of the next output in `line`, and the rest of its time, in 1/whole of a sample.
    private int at;
    private long rest;

    /// @param maxInput samples of the longest block
    public RateConverter(int fromHz, int toHz, int maxInput) {
        long divisor = gcd(fromHz, toHz);
        this.whole = toHz / divisor;
        this.step = fromHz / divisor;
        this.phases = (int) Math.min(whole, MAX_PHASES);
        double wide = Math.max(1, (double) fromHz / toHz);
        this.taps = (int) Math.ceil(TAPS * wide / ROUND) * ROUND;
        this.rows = whole == step ? new float[0][] : rows(phases, taps, wide);
        this.line = new float[2 * taps + maxInput];
        this.filled = taps / 2 - 1;
    }

    /// @return samples that come out of `input` at most
    public int maxOutput(int input) {
        return (int) ((input + taps) * whole / step) + 2;
    }

    /// @param in at most as many samples as the longest block has
    /// @return samples written
    public int convert(short[] in, int count, short[] out) {
        if (whole == step) {
            System.arraycopy(in, 0, out, 0, count);
            return count;
        }
        for (int i = 0; i < count; i++) {
            line[filled + i] = in[i];
        }
        filled += count;
        return produce(out);
    }

    /// Gives what is still under way: nothing more comes in.
    public int flush(short[] out) {
        if (whole == step) {
            return 0;
        }
        java.util.Arrays.fill(line, filled, filled + taps / 2, 0);
        filled += taps / 2;
        return produce(out);
    }

    private int produce(short[] out) {
        int written = 0;
        while (at + taps <= filled) {
            out[written++] = Resampler.clip(sample());
            rest += step;
            at += (int) (rest / whole);
            rest %= whole;
        }
        int gone = Math.min(at, filled);
        System.arraycopy(line, gone, line, 0, filled - gone);
        filled -= gone;
        at -= gone;
        return written;
    }

    private float sample() {
        long scaled = rest * phases;
        int row = (int) (scaled / whole);
        float value = Resampler.product(rows[row], line, at);
        long between = scaled % whole;
        return between == 0 ? value : value + (Resampler.product(rows[row + 1], line, at) - value) * between / whole;
    }

    /// Row p holds the taps of an output that lies p/phases of a sample after tap `taps/2 - 1`. Each sums up to 1.
    private static float[][] rows(int phases, int taps, double wide) {
        float[][] rows = new float[phases + 1][taps];
        double half = taps / 2.0;
        for (int phase = 0; phase <= phases; phase++) {
            double sum = 0;
            for (int i = 0; i < taps; i++) {
                double x = i - (taps / 2 - 1) - (double) phase / phases;
                double angle = 2 * Math.PI * CUT_OFF / wide * x;
                double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(angle) / angle;
                double edge = Math.min(1, Math.abs(x) / half);
                rows[phase][i] = (float) (sinc * Resampler.bessel(KAISER_BETA * Math.sqrt(1 - edge * edge)));
                sum += rows[phase][i];
            }
            for (int i = 0; i < taps; i++) {
                rows[phase][i] /= (float) sum;
            }
        }
        return rows;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }
}
