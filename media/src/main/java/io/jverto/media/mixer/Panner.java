package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Position;
import java.util.Arrays;

/// Puts a mono sound at a place in stereo: constant power between the ears, the far ear later and a little duller, and quieter with the
/// distance (conference.md section 12.3). A new place is reached over one frame, so that nothing clicks. 48 kHz.
/// Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class Panner {
    private static final double RATE = 48_000;
    /// Of the quarter circle that power moves on: fully at one side the far ear still hears 19 dB less, as with real heads.
    private static final double WIDTH = 0.85;
    /// Radius of a head over the speed of sound, seconds: the far ear is up to 0.66 ms late (Woodworth's formula).
    private static final double HEAD_SECONDS = 0.0875 / 343;
    /// The low-pass of the far ear, fully at one side.
    private static final double SHADOW_HERTZ = 4_000;
    private static final double OPEN_HERTZ = 20_000;
    /// Nearer than that a place leads towards the middle of the head.
    private static final double NEAR = 0.3;
    /// Longer than the longest delay.
    private static final int HISTORY = 64;

    private final int samples;
    /// What was said last, then the frame.
    private final float[] line;
    private final Ear left = new Ear();
    private final Ear right = new Ear();
    private Position place;

    /// @param samples of a frame
    public Panner(int samples, Position first) {
        this.samples = samples;
        this.line = new float[HISTORY + samples];
        this.place = first;
        aim(first);
        left.arrive();
        right.arrive();
    }

    /// @param mono a frame
    /// @param stereo two frames, interleaved
    public void pan(short[] mono, Position where, short[] stereo) {
        if (!where.equals(place)) {
            place = where;
            aim(where);
        }
        System.arraycopy(line, samples, line, 0, HISTORY);
        for (int i = 0; i < samples; i++) {
            line[HISTORY + i] = mono[i];
        }
        left.render(line, samples, stereo, 0);
        right.render(line, samples, stereo, 1);
    }

    /// Forgets what was said before a pause.
    public void reset() {
        Arrays.fill(line, 0);
        left.forget();
        right.forget();
        left.arrive();
        right.arrive();
    }

    private void aim(Position to) {
        double distance = to.distance();
        double side = distance == 0 ? 0 : to.x() / distance * Math.min(1, distance / NEAR); // -1 left to 1 right
        double power = Math.PI / 4 * (1 + WIDTH * side);
        double loudness = Math.sqrt(2) * 2 / (1 + Math.max(1, distance)); // in the middle both ears hear it as it is
        double angle = Math.asin(Math.abs(side));
        double late = HEAD_SECONDS * (angle + Math.sin(angle)) * RATE;
        double cutoff = OPEN_HERTZ * Math.pow(SHADOW_HERTZ / OPEN_HERTZ, Math.abs(side));
        left.aim(Math.cos(power) * loudness, side > 0 ? late : 0, side > 0 ? cutoff : OPEN_HERTZ);
        right.aim(Math.sin(power) * loudness, side < 0 ? late : 0, side < 0 ? cutoff : OPEN_HERTZ);
    }

    /// What one ear hears: gain, delay and low-pass, each on its way from where it was to where it is to be.
    private static final class Ear {
        private float gain;
        private float delay;
        private float smooth = 1;
        private float gainTo;
        private float delayTo;
        private float smoothTo = 1;
        private float last;

        /// @param cutoff hertz; from [#OPEN_HERTZ] on there is no filter
        void aim(double wantedGain, double wantedDelay, double cutoff) {
            gainTo = (float) wantedGain;
            delayTo = (float) wantedDelay;
            smoothTo = cutoff >= OPEN_HERTZ ? 1 : (float) (1 - Math.exp(-2 * Math.PI * cutoff / RATE));
        }

        void arrive() {
            gain = gainTo;
            delay = delayTo;
            smooth = smoothTo;
        }

        void forget() {
            last = 0;
        }

        void render(float[] line, int samples, short[] stereo, int channel) {
            float gainStep = (gainTo - gain) / samples;
            float delayStep = (delayTo - delay) / samples;
            float smoothStep = (smoothTo - smooth) / samples;
            for (int i = 0; i < samples; i++) {
                gain += gainStep;
                delay += delayStep;
                smooth += smoothStep;
                float at = HISTORY + i - Math.max(0, delay); // steps may round to less than nothing
                int whole = (int) at;
                float part = at - whole;
                float value = part == 0 ? line[whole] : line[whole] + (line[whole + 1] - line[whole]) * part;
                last += (value - last) * smooth;
                stereo[2 * i + channel] = (short) Math.clamp(Math.round(last * gain), -32_768, 32_767);
            }
            arrive();
        }
    }
}
