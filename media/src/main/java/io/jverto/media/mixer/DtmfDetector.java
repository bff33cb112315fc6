package io.jverto.media.mixer;

/// Finds digits in sound, by the Goertzel algorithm (ITU-T Q.24). Each 6.4 ms a window of 12.75 ms is looked at: one tone of each group, both
/// nearly all that is to be heard, neither too far from its pitch - which the advance of its phase from window to window tells - nor from
/// the other's level. Four windows in a row with the same digit are a digit; five without it are its end.
///
/// Digits of 40 ms with pauses of 40 ms and tones within 1.5 % of their pitch are found, and a gap of 10 ms does not part one; tones that are
/// off by 3.5 % or shorter than 20 ms are not. Leaves out: filters against a dial tone below the digit.
public final class DtmfDetector {
    private static final int RATE = 8_000;
    private static final int FACTOR = 6;
    private static final int HOP = 51;
    private static final int WINDOW = 2 * HOP;
    private static final int TONES = 2 * DtmfKeys.COUNT;
    private static final double HOP_MILLIS = HOP * 1_000.0 / RATE;
    private static final int LOW_PASS = 48;
    private static final double CUT_OFF = 2_800.0 / (RATE * FACTOR);

    private static final int HITS = 4;
    private static final int MISSES = 5;
    /// About -41 dB of full scale.
    private static final double MIN_AMPLITUDE = 290;
    /// How much louder the higher tone may be than the lower, and the other way, as powers: 6 dB and 10 dB, where Q.24 asks for 4 and 8.
    private static final double MAX_HIGHER = 4;
    private static final double MAX_LOWER = 10;
    /// Another tone of the same group has at most a quarter of the power.
    private static final double MAX_RIVAL = 0.25;
    /// Of all that is to be heard, the two tones are at least so much.
    private static final double MIN_SHARE = 0.88;
    private static final double MAX_OFFSET = 0.02;
    /// A window whose power is less than this of the digit's loudest is at its edge, not in it.
    private static final double MIN_OF_LOUDEST = 0.3;

    private static final double[] COSINES = new double[TONES];
    private static final double[] SINES = new double[TONES];
    private static final double[] TAPS = lowPass();

    static {
        for (int tone = 0; tone < TONES; tone++) {
            COSINES[tone] = Math.cos(2 * Math.PI * hertz(tone) / RATE);
            SINES[tone] = Math.sin(2 * Math.PI * hertz(tone) / RATE);
        }
    }

    private final Heard heard;
    private final double[] line = new double[LOW_PASS];
    private int lineAt;
    private int phase;

    /// The last window, the oldest first, and how many of the next hop's samples are there.
    private final double[] window = new double[WINDOW];
    private int filled;

    private final double[] real = new double[TONES];
    private final double[] imaginary = new double[TONES];
    private final double[] lastReal = new double[TONES];
    private final double[] lastImaginary = new double[TONES];
    private final double[] power = new double[TONES];

    private char candidate;
    private int hits;
    private int misses;
    private double loudest;
    private char digit;
    private int hops;

    /// Told what was found.
    @FunctionalInterface
    public interface Heard {
        /// A digit is over.
        void onDigit(char digit, int millis);
    }

    public DtmfDetector(Heard heard) {
        this.heard = heard;
    }

    /// @param pcm mono at 48 kHz
    public void onSamples(short[] pcm, int count) {
        for (int i = 0; i < count; i++) {
            line[lineAt] = pcm[i];
            lineAt = lineAt + 1 == LOW_PASS ? 0 : lineAt + 1;
            phase = phase + 1 == FACTOR ? 0 : phase + 1;
            if (phase == 0) {
                onNarrow(filtered());
            }
        }
    }

    private double filtered() {
        double sum = 0;
        int at = lineAt;
        for (int i = 0; i < LOW_PASS; i++) {
            sum += TAPS[i] * line[at];
            at = at + 1 == LOW_PASS ? 0 : at + 1;
        }
        return sum;
    }

    private void onNarrow(double sample) {
        window[HOP + filled++] = sample;
        if (filled == HOP) {
            filled = 0;
            onWindow();
            System.arraycopy(window, HOP, window, 0, HOP);
        }
    }

    private void onWindow() {
        double all = 1;
        for (double sample : window) {
            all += sample * sample;
        }
        for (int tone = 0; tone < TONES; tone++) {
            measure(tone);
        }
        int row = strongest(0);
        int column = strongest(DtmfKeys.COUNT) - DtmfKeys.COUNT;
        boolean found = isDigit(row, column + DtmfKeys.COUNT, all);
        onResult(found ? DtmfKeys.key(row, column) : 0, all);
        System.arraycopy(real, 0, lastReal, 0, TONES);
        System.arraycopy(imaginary, 0, lastImaginary, 0, TONES);
    }

    private static double hertz(int tone) {
        return tone < DtmfKeys.COUNT ? DtmfKeys.rowHertz(tone) : DtmfKeys.columnHertz(tone - DtmfKeys.COUNT);
    }

    /// Goertzel: the share of one pitch in the window, with its phase at the window's end.
    private void measure(int tone) {
        double cosine = COSINES[tone];
        double before = 0;
        double last = 0;
        for (double sample : window) {
            double next = sample + 2 * cosine * last - before;
            before = last;
            last = next;
        }
        real[tone] = last - before * cosine;
        imaginary[tone] = before * SINES[tone];
        power[tone] = real[tone] * real[tone] + imaginary[tone] * imaginary[tone];
    }

    private int strongest(int from) {
        int best = from;
        for (int tone = from + 1; tone < from + DtmfKeys.COUNT; tone++) {
            best = power[tone] > power[best] ? tone : best;
        }
        return best;
    }

    private boolean isDigit(int row, int column, double all) {
        double rowOffset = offset(row);
        double columnOffset = offset(column);
        if (Math.abs(rowOffset) > MAX_OFFSET * hertz(row) || Math.abs(columnOffset) > MAX_OFFSET * hertz(column)) {
            return false;
        }
        // A tone beside the pitch is weaker in the window than it is: sinc squared.
        double lower = power[row] / loss(rowOffset);
        double higher = power[column] / loss(columnOffset);
        double least = MIN_AMPLITUDE * WINDOW / 2;
        return Math.min(lower, higher) >= least * least
                && higher <= MAX_HIGHER * lower
                && lower <= MAX_LOWER * higher
                && !hasRival(row, 0)
                && !hasRival(column, DtmfKeys.COUNT)
                && 2 * (lower + higher) / WINDOW >= MIN_SHARE * all;
    }

    private boolean hasRival(int tone, int from) {
        for (int other = from; other < from + DtmfKeys.COUNT; other++) {
            if (other != tone && power[other] > MAX_RIVAL * power[tone]) {
                return true;
            }
        }
        return false;
    }

    /// @return hertz by which a tone is off its pitch, by the advance of its phase in a hop; 78 Hz at most
    private double offset(int tone) {
        double expected = 2 * Math.PI * hertz(tone) * HOP / RATE;
        double now = Math.atan2(imaginary[tone], real[tone]);
        double last = Math.atan2(lastImaginary[tone], lastReal[tone]);
        double advance = Math.IEEEremainder(now - last - expected, 2 * Math.PI);
        return advance * RATE / (2 * Math.PI * HOP);
    }

    private static double loss(double offset) {
        double x = Math.PI * offset * WINDOW / RATE;
        return Math.abs(x) < 1e-6 ? 1 : Math.sin(x) * Math.sin(x) / (x * x);
    }

    /// @param found the digit of this window, 0 for none
    private void onResult(int found, double all) {
        boolean hit = found != 0 && all >= MIN_OF_LOUDEST * loudest;
        if (digit != 0) {
            hops++;
            misses = hit && found == digit ? 0 : misses + 1;
            if (misses >= MISSES) {
                heard.onDigit(digit, (int) Math.round((hops - misses) * HOP_MILLIS + HOP_MILLIS));
                digit = 0;
                loudest = 0;
                hits = 0;
            } else if (misses == 0) {
                loudest = Math.max(loudest, all);
            }
            return;
        }
        hits = found != 0 && found == candidate ? hits + 1 : found != 0 ? 1 : 0;
        candidate = (char) found;
        if (hits == HITS) {
            digit = candidate;
            loudest = all;
            misses = 0;
            hops = HITS;
        }
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
