package io.jverto.media.codec;

import java.util.Arrays;

/// One band of ITU-T G.722: predictor with two poles and six zeros, and the scale of its quantizer. Encoder and decoder keep one each and
/// hand it the same codes, so that both stay alike. Names and blocks as in G.722 section 6.2; all numbers are 16 bits, kept in int.
final class G722Band {
    private static final int ZEROS = 6;
    /// 2^(n/32) * 2048, the mantissa of the scale (table 12).
    private static final int[] MANTISSA = new int[32];

    static {
        for (int i = 0; i < MANTISSA.length; i++) {
            MANTISSA[i] = (int) Math.round(2_048 * Math.pow(2, i / 32.0));
        }
    }

    private final int maxLog;
    private final int shift;
    private final int firstScale;

    private int log;
    private int scale;
    private int prediction;
    private int zeroPart;
    private int pole1;
    private int pole2;
    private final int[] zeros = new int[ZEROS];
    /// Quantized differences, the newest first, and the sums of the last two times.
    private final int[] differences = new int[ZEROS];
    private int partial1;
    private int partial2;
    private int reconstructed1;

    private G722Band(int maxLog, int shift, int firstScale) {
        this.maxLog = maxLog;
        this.shift = shift;
        this.firstScale = firstScale;
        this.scale = firstScale;
    }

    static G722Band lower() {
        return new G722Band(18_432, 8, 32);
    }

    static G722Band higher() {
        return new G722Band(22_528, 10, 8);
    }

    /// @return what the next sample is held to be
    int prediction() {
        return prediction;
    }

    /// @return the quantizer's step, to which its levels are relative
    int scale() {
        return scale;
    }

    /// @param level of the quantizer, 1/32768 of the scale
    /// @return the difference that it stands for
    int difference(int level) {
        return scale * level >> 15;
    }

    void reset() {
        log = 0;
        scale = firstScale;
        prediction = 0;
        zeroPart = 0;
        pole1 = 0;
        pole2 = 0;
        partial1 = 0;
        partial2 = 0;
        reconstructed1 = 0;
        Arrays.fill(zeros, 0);
        Arrays.fill(differences, 0);
    }

    /// The next sample is known.
    ///
    /// @param difference from what was predicted, as both sides know it
    /// @param step by which the logarithm of the scale changes
    void adapt(int difference, int step) {
        rescale(step);
        int reconstructed = saturated(prediction + difference);
        int partial = saturated(zeroPart + difference);
        adaptPoles(partial);
        adaptZeros(difference);
        predict(reconstructed);
        partial2 = partial1;
        partial1 = partial;
        reconstructed1 = reconstructed;
    }

    /// LOGSCL and SCALEL, or LOGSCH and SCALEH.
    private void rescale(int step) {
        log = Math.clamp((log * 127 >> 7) + step, 0, maxLog);
        int exponent = shift - (log >> 11);
        int mantissa = MANTISSA[log >> 6 & 31];
        scale = (exponent < 0 ? mantissa << -exponent : mantissa >> exponent) << 2;
    }

    /// UPPOL2 and UPPOL1.
    private void adaptPoles(int partial) {
        boolean likeLast = partial < 0 == partial1 < 0;
        boolean likeBefore = partial < 0 == partial2 < 0;
        int fromFirst = saturated(pole1 << 2);
        int second = (likeLast ? Math.min(-fromFirst, 32_767) : fromFirst) >> 7;
        second += (likeBefore ? 128 : -128) + (pole2 * 32_512 >> 15);
        int nextPole2 = Math.clamp(second, -12_288, 12_288);
        int bound = saturated(15_360 - nextPole2);
        pole1 = Math.clamp(saturated((likeLast ? 192 : -192) + (pole1 * 32_640 >> 15)), -bound, bound);
        pole2 = nextPole2;
    }

    /// UPZERO and DELAYA.
    private void adaptZeros(int difference) {
        int gain = difference == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            boolean like = difference < 0 == differences[i] < 0;
            zeros[i] = saturated((like ? gain : -gain) + (zeros[i] * 32_640 >> 15));
        }
        System.arraycopy(differences, 0, differences, 1, ZEROS - 1);
        differences[0] = difference;
    }

    /// FILTEP, FILTEZ and PREDIC.
    private void predict(int reconstructed) {
        int poles = saturated((pole1 * saturated(2 * reconstructed) >> 15) + (pole2 * saturated(2 * reconstructed1) >> 15));
        int sum = 0;
        for (int i = ZEROS - 1; i >= 0; i--) {
            sum += zeros[i] * saturated(2 * differences[i]) >> 15;
        }
        zeroPart = saturated(sum);
        prediction = saturated(poles + zeroPart);
    }

    static int saturated(int value) {
        return Math.clamp(value, -32_768, 32_767);
    }
}
