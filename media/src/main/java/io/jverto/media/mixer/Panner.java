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

    /// What each ear hears, before it goes to its place between the other's: one for all of a thread.
    private static final ThreadLocal<float[][]> HEARD = ThreadLocal.withInitial(() -> new float[2][0]);

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
        float[][] heard = HEARD.get();
        if (heard[0].length < samples) {
            heard[0] = new float[samples];
            heard[1] = new float[samples];
        }
        left.render(line, samples, heard[0]);
        right.render(line, samples, heard[1]);
        for (int i = 0; i < samples; i++) {
            stereo[2 * i] = pcm(heard[0][i]);
            stereo[2 * i + 1] = pcm(heard[1][i]);
        }
    }

    /// Rounded; [Math#round] takes longer than all else here.
    private static short pcm(float value) {
        return (short) Math.max(-32_768, Math.min(32_767, (int) (value + 32_768.5f) - 32_768));
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

        void render(float[] line, int samples, float[] heard) {
            if (gain != gainTo || delay != delayTo || smooth != smoothTo) {
                move(line, samples, heard);
            } else if (delay == 0 && smooth == 1) {
                for (int i = 0; i < samples; i++) {
                    heard[i] = line[HISTORY + i] * gain;
                }
                last = line[HISTORY + samples - 1];
            } else {
                stay(line, samples, heard);
            }
        }

        private void move(float[] line, int samples, float[] heard) {
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
                heard[i] = last * gain;
            }
            arrive();
        }

        /// The same where nothing moves. Each step of the filter has to wait for the one before, so that only what it needs is in there.
        private void stay(float[] line, int samples, float[] heard) {
            int from = HISTORY - (int) Math.ceil(delay);
            float part = (float) Math.ceil(delay) - delay;
            for (int i = 0; i < samples; i++) {
                heard[i] = (line[from + i] + (line[from + i + 1] - line[from + i]) * part) * smooth;
            }
            float rest = 1 - smooth;
            float value = last;
            for (int i = 0; i < samples; i++) {
                value = Math.fma(value, rest, heard[i]);
                heard[i] = value;
            }
            last = value;
            for (int i = 0; i < samples; i++) {
                heard[i] *= gain;
            }
        }
    }
}
