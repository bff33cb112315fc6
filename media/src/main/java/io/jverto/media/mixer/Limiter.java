package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;

/// Turns a sum into 16 bits without clipping, however many talk: the gain falls before a peak, since the whole frame is known,
/// and recovers slowly. What is over in the first millisecond of a frame is bent, not cut. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class Limiter {
    /// Nothing below is touched; above is room for what a lossy codec adds.
    private static final int CEILING = 26_000;
    private static final int FULL_SCALE = 32_767;
    /// The gain is settled at the borders of so many parts of a frame and is a straight line between them.
    private static final int PARTS = 4;
    /// Of what is missing, given back in each part: about 250 ms to recover.
    private static final float RELEASE = 0.02f;
    private static final float NEARLY_ONE = 0.999f;

    private final float[] allowed = new float[PARTS + 1];
    private float gain = 1;

    /// @param sum a whole frame; its length is a multiple of 4 * channels
    public void limit(int[] sum, int channels, short[] out) {
        int part = sum.length / PARTS;
        float least = 1;
        for (int i = 0; i < PARTS; i++) {
            int peak = peak(sum, i * part, part);
            allowed[i] = peak <= CEILING ? 1 : (float) CEILING / peak;
            least = Math.min(least, allowed[i]);
        }
        allowed[PARTS] = 1;
        if (least == 1 && gain > NEARLY_ONE) {
            gain = 1;
            for (int i = 0; i < sum.length; i++) {
                out[i] = (short) sum[i];
            }
            return;
        }
        for (int i = 0; i < PARTS; i++) {
            float start = Math.min(gain, allowed[i]);
            float end = Math.min(start + (1 - start) * RELEASE, allowed[i + 1]);
            scale(sum, i * part, part, channels, end, out);
        }
    }

    /// Leads the gain from where it is to `end`. When the frame begins louder than the gain allows, the first
    /// samples are over and go through [#bend].
    private void scale(int[] sum, int from, int length, int channels, float end, short[] out) {
        float step = (end - gain) / ((float) length / channels);
        for (int i = 0; i < length; i += channels) {
            gain += step;
            for (int c = 0; c < channels; c++) {
                out[from + i + c] = bend(sum[from + i + c] * gain);
            }
        }
        gain = end;
    }

    private static short bend(float value) {
        float magnitude = Math.abs(value);
        if (magnitude <= CEILING) {
            return (short) value;
        }
        float room = FULL_SCALE - CEILING;
        float over = (magnitude - CEILING) / room;
        float bent = CEILING + room * over / (1 + over); // towards full scale, never there
        return (short) (value < 0 ? -bent : bent);
    }

    private static int peak(int[] values, int from, int length) {
        int peak = 0;
        for (int i = from; i < from + length; i++) {
            peak = Math.max(peak, Math.abs(values[i]));
        }
        return peak;
    }
}
