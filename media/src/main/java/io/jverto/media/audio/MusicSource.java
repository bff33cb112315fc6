package io.jverto.media.audio;

import java.util.Arrays;

/// The built-in music on hold: slow chords that differ a little between left and right, and two broken chords that answer
/// each other, one on each side. Endless, the same each time. The piece is ours.
final class MusicSource implements SoundSource {
    /// Semitones above the key note: a suspended tonic, the relative minor with its seventh, and so on, eight bars.
    private static final int[][] CHORDS = {
        {0, 7, 14, 16}, {-3, 4, 12, 19}, {5, 9, 12, 16}, {7, 11, 14, 21},
        {-3, 7, 12, 16}, {2, 9, 12, 17}, {5, 12, 16, 21}, {-5, 7, 14, 17},
    };
    /// The key moves after each eight bars and comes home.
    private static final int[] KEYS = {0, 5, 3, -2};
    private static final int[] LEFT_PATTERN = {0, 2, 1, 3, 2, 1, 3, 2};
    private static final int[] RIGHT_PATTERN = {3, 1, 2, 0, 1, 3, 0, 1};

    private static final double KEY_NOTE = 146.83; // D3
    private static final int NOTES = 4;
    private static final int STEP_SAMPLES = Frame.RATE / 2;
    private static final int STEPS_IN_BAR = 8;
    private static final int BAR_SAMPLES = STEP_SAMPLES * STEPS_IN_BAR;
    /// Chords fade into each other over 1.5 s.
    private static final int FADE_SAMPLES = Frame.RATE * 3 / 2;
    private static final double PAD_LEVEL = 1100;
    private static final double PLUCK_LEVEL = 3200;
    /// Left and right pads beat against each other, which is what makes them wide.
    private static final double DETUNE = 0.0025;

    private final Oscillator[][] rising = bank();
    private final Oscillator[][] falling = bank();
    private final Pluck left = new Pluck();
    private final Pluck right = new Pluck();
    private Oscillator[][] now = rising;
    private Oscillator[][] before = falling;
    private long bar = -1;
    private int inBar = BAR_SAMPLES;

    @Override
    public int channels() {
        return 2;
    }

    @Override
    public boolean fill(short[] pcm) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            if (inBar == BAR_SAMPLES) {
                nextBar();
            }
            if (inBar % STEP_SAMPLES == 0) {
                strike(inBar / STEP_SAMPLES);
            }
            double fade = inBar >= FADE_SAMPLES ? 1 : (double) inBar / FADE_SAMPLES;
            double old = bar == 0 ? 0 : 1 - fade;
            pcm[2 * i] = (short) Math.round(pad(0, fade, old) + left.next());
            pcm[2 * i + 1] = (short) Math.round(pad(1, fade, old) + right.next());
            inBar++;
        }
        settle(now);
        settle(before);
        return true;
    }

    private void nextBar() {
        bar++;
        inBar = 0;
        Oscillator[][] free = before;
        before = now;
        now = free;
        for (int note = 0; note < NOTES; note++) {
            now[0][note].start(pitch(note, 0) * (1 - DETUNE));
            now[1][note].start(pitch(note, 0) * (1 + DETUNE));
        }
    }

    /// The left hand plays on the beat, the right between: each step is one of both.
    private void strike(int step) {
        if (step % 2 == 0) {
            left.strike(pitch(LEFT_PATTERN[(step + (int) (bar % 4)) % STEPS_IN_BAR], 12));
        } else {
            right.strike(pitch(RIGHT_PATTERN[(step + (int) (bar % 4)) % STEPS_IN_BAR], 24));
        }
    }

    private double pitch(int note, int up) {
        int key = KEYS[(int) (bar / CHORDS.length % KEYS.length)];
        int semitones = CHORDS[(int) (bar % CHORDS.length)][note] + key + up;
        return KEY_NOTE * Math.pow(2, semitones / 12.0);
    }

    private double pad(int side, double fade, double old) {
        double young = 0;
        double gone = 0;
        for (int note = 0; note < NOTES; note++) {
            young += now[side][note].next();
            gone += before[side][note].next();
        }
        return PAD_LEVEL * (young * fade + gone * old);
    }

    private static void settle(Oscillator[][] bank) {
        for (Oscillator[] side : bank) {
            for (Oscillator oscillator : side) {
                oscillator.settle();
            }
        }
    }

    private static Oscillator[][] bank() {
        Oscillator[][] bank = new Oscillator[2][NOTES];
        for (Oscillator[] side : bank) {
            Arrays.setAll(side, i -> new Oscillator());
        }
        return bank;
    }

    /// Struck strings: a note and its octave, which dies sooner. Two take turns, so that one rings on while the other is struck.
    private static final class Pluck {
        private static final int STRINGS = 2;
        private static final int ATTACK = 240;
        private static final double DECAY = Math.exp(-1.0 / (0.45 * Frame.RATE));

        private final Oscillator[] grounds = {new Oscillator(), new Oscillator()};
        private final Oscillator[] octaves = {new Oscillator(), new Oscillator()};
        private final double[] levels = new double[STRINGS];
        private final int[] ages = new int[STRINGS];
        private int struck;

        void strike(double hertz) {
            struck = 1 - struck;
            grounds[struck].start(hertz);
            octaves[struck].start(2 * hertz);
            levels[struck] = PLUCK_LEVEL;
            ages[struck] = 0;
        }

        double next() {
            double sum = 0;
            for (int i = 0; i < STRINGS; i++) {
                double level = levels[i] * DECAY;
                levels[i] = level;
                double attack = ages[i] >= ATTACK ? 1 : (double) ages[i]++ / ATTACK;
                sum += attack * level * (grounds[i].next() + 0.4 * octaves[i].next() * level / PLUCK_LEVEL);
            }
            return sum;
        }
    }
}
