package io.jverto.media.mixer;

/// Finds digits in sound, by the Goertzel algorithm (ITU-T Q.24). Each 6.4 ms a window of 12.75 ms is looked at: one tone of each group, both
/// nearly all that is to be heard, neither too far from its pitch - which the advance of its phase from window to window tells - nor from
/// the other's level. Four windows in a row with the same digit are a digit; five without it are its end.
///
/// Digits of 40 ms with pauses of 40 ms and tones within 1.5 % of their pitch are found, and a gap of 10 ms does not part one; tones that are
/// off by 3.5 % or shorter than 20 ms are not. Leaves out: filters against a dial tone below the digit.
public final class DtmfDetector {
    private static final int HOP = 51;
    private static final int WINDOW = 2 * HOP;
    private static final int TONES = 2 * DtmfKeys.COUNT;
    private static final double HOP_MILLIS = HOP * 1_000.0 / NarrowBand.RATE;

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

    private final Heard heard;
    private final NarrowBand narrow = new NarrowBand();
    private final Goertzel tones = new Goertzel(pitches(), HOP);

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
            if (narrow.take(pcm[i]) && tones.take(narrow.sample())) {
                onWindow();
            }
        }
    }

    private void onWindow() {
        int row = strongest(0);
        int column = strongest(DtmfKeys.COUNT) - DtmfKeys.COUNT;
        boolean found = isDigit(row, column + DtmfKeys.COUNT, tones.all());
        onResult(found ? DtmfKeys.key(row, column) : 0, tones.all());
    }

    private static double[] pitches() {
        double[] pitches = new double[TONES];
        for (int tone = 0; tone < TONES; tone++) {
            pitches[tone] = hertz(tone);
        }
        return pitches;
    }

    private static double hertz(int tone) {
        return tone < DtmfKeys.COUNT ? DtmfKeys.rowHertz(tone) : DtmfKeys.columnHertz(tone - DtmfKeys.COUNT);
    }

    private int strongest(int from) {
        int best = from;
        for (int tone = from + 1; tone < from + DtmfKeys.COUNT; tone++) {
            best = tones.power(tone) > tones.power(best) ? tone : best;
        }
        return best;
    }

    private boolean isDigit(int row, int column, double all) {
        if (Math.abs(tones.offset(row)) > MAX_OFFSET * hertz(row) || Math.abs(tones.offset(column)) > MAX_OFFSET * hertz(column)) {
            return false;
        }
        double lower = tones.powerOfTone(row);
        double higher = tones.powerOfTone(column);
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
            if (other != tone && tones.power(other) > MAX_RIVAL * tones.power(tone)) {
                return true;
            }
        }
        return false;
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
}
