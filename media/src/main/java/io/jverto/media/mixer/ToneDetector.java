package io.jverto.media.mixer;

import io.jverto.media.plan.Tones;

/// Finds tones in sound, by the Goertzel algorithm: all pitches at once, together most of what is to be heard, none of them much weaker than
/// another, for 60 ms without a gap; so often as is wanted. One tone may be off by 3.5 % (and 38 Hz), of several each by 2 % (and 19 Hz).
/// Allocates nothing once it is made.
public final class ToneDetector {
    /// A window of 12.75 ms tells one tone from none; several need a longer one to be told from each other.
    private static final int HOP_OF_ONE = 51;
    private static final int HOP_OF_MORE = 102;
    private static final double MAX_OFFSET_OF_ONE = 0.035;
    private static final double MAX_OFFSET_OF_MORE = 0.02;
    private static final double HIT_MILLIS = 60;
    /// About -44 dB of full scale.
    private static final double MIN_AMPLITUDE = 200;
    /// Of all that is to be heard, the tones are at least so much.
    private static final double MIN_SHARE = 0.75;
    /// Of the strongest tone's power, each has at least so much: 10 dB less.
    private static final double MIN_OF_STRONGEST = 0.1;

    private final double[] hertz;
    private final int window;
    private final int windowsOfHit;
    private final double maxOffset;
    private final int hitsWanted;
    private final Runnable found;
    private final NarrowBand narrow = new NarrowBand();
    private final Goertzel tones;
    private int inARow;
    private int hits;

    /// @param found told once
    public ToneDetector(Tones wanted, Runnable found) {
        this.hertz = wanted.hertz().stream().mapToDouble(Double::doubleValue).toArray();
        int hop = hertz.length == 1 ? HOP_OF_ONE : HOP_OF_MORE;
        this.window = 2 * hop;
        this.windowsOfHit = (int) Math.round(HIT_MILLIS * NarrowBand.RATE / 1_000 / hop);
        this.maxOffset = hertz.length == 1 ? MAX_OFFSET_OF_ONE : MAX_OFFSET_OF_MORE;
        this.hitsWanted = wanted.hits();
        this.found = found;
        this.tones = new Goertzel(hertz, hop);
    }

    /// @param pcm mono at 48 kHz
    public void onSamples(short[] pcm, int count) {
        for (int i = 0; i < count && hits < hitsWanted; i++) {
            if (narrow.take(pcm[i]) && tones.take(narrow.sample())) {
                onWindow();
            }
        }
    }

    private void onWindow() {
        inARow = isThere() ? inARow + 1 : 0;
        if (inARow == windowsOfHit) {
            inARow = 0;
            hits++;
            if (hits == hitsWanted) {
                found.run();
            }
        }
    }

    private boolean isThere() {
        double least = MIN_AMPLITUDE * window / 2;
        double sum = 0;
        double strongest = 0;
        double weakest = Double.MAX_VALUE;
        for (int tone = 0; tone < hertz.length; tone++) {
            if (Math.abs(tones.offset(tone)) > maxOffset * hertz[tone]) {
                return false;
            }
            double power = tones.powerOfTone(tone);
            sum += power;
            strongest = Math.max(strongest, power);
            weakest = Math.min(weakest, power);
        }
        return weakest >= least * least && weakest >= MIN_OF_STRONGEST * strongest && 2 * sum / window >= MIN_SHARE * tones.all();
    }
}
