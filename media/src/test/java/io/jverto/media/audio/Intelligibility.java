package io.jverto.media.audio;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How much of speech is left, against what was said. Both are mono at 48 kHz.
final class Intelligibility {
    static final int FRAME = 960;

    /// Short-time objective intelligibility works at 10 kHz, in windows of 256 samples that overlap by half (Taal, Hendriks, Heusdens and
    /// Jensen, "An Algorithm for Intelligibility Prediction of Time-Frequency Weighted Noisy Speech", IEEE TASLP 19 (7), 2011, section II).
    private static final int WINDOW = 256;
    private static final int FFT = 512;
    private static final double RATE = 10_000;
    private static final int BANDS = 15;
    private static final double LOWEST_BAND = 150;
    /// Windows of one measurement: 384 ms.
    private static final int SEGMENT = 30;
    /// What is quieter than this below the loudest window is no speech.
    private static final double SILENCE_DECIBELS = 40;
    /// The least ratio of signal to distortion that counts.
    private static final double LEAST_RATIO = -15;
    /// Segments outside of these ratios say no more (decibels).
    private static final double LEAST_SEGMENT = -10;
    private static final double MOST_SEGMENT = 35;

    /// 5 samples of 10 kHz are 24 of 48 kHz.
    private static final int PHASES = 5;
    private static final int HALF = 120;
    private static final double[][] FILTER = filter();

    private Intelligibility() {}

    /// @param sound as long as what was said, frame by frame what fits best around there
    /// @param lateFrames by which it was late, mean
    record Aligned(short[] sound, double lateFrames) {}

    /// Lays frames of 20 ms beside those they belong to: a jitter buffer only ever moves sound by whole ones.
    ///
    /// @param mostFrames by which `heard` may be late
    static Aligned aligned(short[] said, short[] heard, int mostFrames) {
        int frames = said.length / FRAME;
        double[][] misfit = new double[mostFrames + 1][frames];
        for (int late = 0; late <= mostFrames; late++) {
            for (int frame = 0; frame < frames; frame++) {
                misfit[late][frame] = misfit(said, frame, heard, frame + late);
            }
        }
        short[] result = new short[said.length];
        int at = 0;
        long sum = 0;
        for (int frame = 0; frame < frames; frame++) {
            double best = Double.MAX_VALUE;
            int found = at;
            for (int late = 0; late <= mostFrames; late++) {
                // One that differs from the last has to be worth it: between two sounds all fit alike.
                double around = around(misfit[late], frame) * (late == at ? 0.95 : 1);
                if (around < best) {
                    best = around;
                    found = late;
                }
            }
            at = found;
            sum += at;
            System.arraycopy(heard, (frame + at) * FRAME, result, frame * FRAME, FRAME);
        }
        return new Aligned(result, (double) sum / frames);
    }

    /// Over five frames, so that one that was made up finds its place by its neighbours.
    private static double around(double[] misfit, int frame) {
        double sum = 0;
        for (int i = Math.max(0, frame - 2); i < Math.min(misfit.length, frame + 3); i++) {
            sum += misfit[i];
        }
        return sum;
    }

    private static double misfit(short[] said, int frame, short[] heard, int other) {
        double sum = 0;
        for (int i = 0; i < FRAME; i++) {
            double difference = said[frame * FRAME + i] - heard[other * FRAME + i];
            sum += difference * difference;
        }
        return sum;
    }

    /// @return mean ratio of signal to difference in frames of 20 ms in which somebody speaks, decibels
    static double segmentalSnr(short[] said, short[] heard) {
        double sum = 0;
        int count = 0;
        double loudest = 0;
        for (int frame = 0; frame < said.length / FRAME; frame++) {
            loudest = Math.max(loudest, energy(said, frame * FRAME));
        }
        for (int frame = 0; frame < said.length / FRAME; frame++) {
            double signal = energy(said, frame * FRAME);
            if (10 * Math.log10(loudest / Math.max(signal, 1)) > SILENCE_DECIBELS) {
                continue;
            }
            double noise = 1e-9;
            for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
                double difference = said[i] - heard[i];
                noise += difference * difference;
            }
            sum += Math.clamp(10 * Math.log10(signal / noise), LEAST_SEGMENT, MOST_SEGMENT);
            count++;
        }
        return sum / count;
    }

    private static double energy(short[] pcm, int from) {
        double sum = 0;
        for (int i = from; i < from + FRAME; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum;
    }

    /// @return STOI, 0 nothing to 1 all of it is understood
    static double stoi(short[] said, short[] heard) {
        double[] speech = reduced(said);
        double[][] clean = bands(speech, speech);
        double[][] processed = bands(reduced(heard), speech);
        int windows = clean.length;
        double sum = 0;
        int count = 0;
        for (int last = SEGMENT; last <= windows; last++) {
            for (int band = 0; band < BANDS; band++) {
                sum += correlation(column(clean, last, band), column(processed, last, band));
                count++;
            }
        }
        return sum / count;
    }

    private static double[] column(double[][] bands, int last, int band) {
        double[] column = new double[SEGMENT];
        for (int i = 0; i < SEGMENT; i++) {
            column[i] = bands[last - SEGMENT + i][band];
        }
        return column;
    }

    private static double correlation(double[] clean, double[] processed) {
        double scale = norm(clean) / Math.max(norm(processed), 1e-9);
        double most = 1 + Math.pow(10, -LEAST_RATIO / 20);
        double[] bounded = new double[SEGMENT];
        for (int i = 0; i < SEGMENT; i++) {
            bounded[i] = Math.min(processed[i] * scale, clean[i] * most);
        }
        center(clean);
        center(bounded);
        double product = 0;
        for (int i = 0; i < SEGMENT; i++) {
            product += clean[i] * bounded[i];
        }
        return product / Math.max(norm(clean) * norm(bounded), 1e-9);
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    private static void center(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
        }
    }

    /// To 10 kHz: windowed sinc, cut at 4.5 kHz. Each fifth sample lies on one of 48 kHz.
    private static double[] reduced(short[] pcm) {
        double[] out = new double[(int) (pcm.length * RATE / 48_000)];
        for (int n = 0; n < out.length; n++) {
            int whole = n / PHASES * 24 + n % PHASES * 24 / PHASES;
            double[] taps = FILTER[n % PHASES];
            double sum = 0;
            for (int k = Math.max(0, whole - HALF); k < Math.min(pcm.length, whole + HALF); k++) {
                sum += pcm[k] * taps[k - whole + HALF];
            }
            out[n] = sum;
        }
        return out;
    }

    private static double[][] filter() {
        double cut = 2 * 4_500 / 48_000.0;
        double[][] taps = new double[PHASES][2 * HALF];
        for (int phase = 0; phase < PHASES; phase++) {
            double rest = phase * 24.0 / PHASES - phase * 24 / PHASES;
            for (int i = 0; i < 2 * HALF; i++) {
                double x = i - HALF - rest;
                double sinc = x == 0 ? 1 : Math.sin(Math.PI * cut * x) / (Math.PI * cut * x);
                taps[phase][i] = cut * sinc * (0.5 + 0.5 * Math.cos(Math.PI * Math.min(1, Math.abs(x) / HALF)));
            }
        }
        return taps;
    }

    /// Third-octave magnitudes of the windows in which `speech` speaks.
    private static double[][] bands(double[] pcm, double[] speech) {
        int windows = (speech.length - WINDOW) / (WINDOW / 2) + 1;
        double[] level = new double[windows];
        for (int w = 0; w < windows; w++) {
            level[w] = 10 * Math.log10(Math.max(1e-9, Arrays.stream(windowed(speech, w), 0, WINDOW).map(value -> value * value).sum()));
        }
        double loudest = Arrays.stream(level).max().orElse(0);
        return IntStream.range(0, windows)
                .filter(w -> level[w] > loudest - SILENCE_DECIBELS)
                .mapToObj(w -> thirdOctaves(windowed(pcm, w)))
                .toArray(double[][]::new);
    }

    private static double[] windowed(double[] pcm, int window) {
        double[] out = new double[FFT];
        for (int i = 0; i < WINDOW; i++) {
            int at = window * WINDOW / 2 + i;
            out[i] = at < pcm.length ? pcm[at] * (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (WINDOW + 1))) : 0;
        }
        return out;
    }

    private static double[] thirdOctaves(double[] real) {
        double[] imaginary = new double[FFT];
        transform(real, imaginary);
        double[] bands = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            double middle = LOWEST_BAND * Math.pow(2, band / 3.0);
            int from = (int) Math.round(middle * Math.pow(2, -1 / 6.0) * FFT / RATE);
            int to = (int) Math.round(middle * Math.pow(2, 1 / 6.0) * FFT / RATE);
            double sum = 0;
            for (int k = from; k < to; k++) {
                sum += real[k] * real[k] + imaginary[k] * imaginary[k];
            }
            bands[band] = Math.sqrt(sum);
        }
        return bands;
    }

    /// Fourier transform in place; a power of two long.
    private static void transform(double[] real, double[] imaginary) {
        int n = real.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j |= bit;
            if (i < j) {
                double swap = real[i];
                real[i] = real[j];
                real[j] = swap;
            }
        }
        for (int length = 2; length <= n; length <<= 1) {
            for (int from = 0; from < n; from += length) {
                for (int k = 0; k < length / 2; k++) {
                    double angle = -2 * Math.PI * k / length;
                    int one = from + k;
                    int other = one + length / 2;
                    double re = real[other] * Math.cos(angle) - imaginary[other] * Math.sin(angle);
                    double im = real[other] * Math.sin(angle) + imaginary[other] * Math.cos(angle);
                    real[other] = real[one] - re;
                    imaginary[other] = imaginary[one] - im;
                    real[one] += re;
                    imaginary[one] += im;
                }
            }
        }
    }
}
