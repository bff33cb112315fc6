package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;

/// Faint white noise, so that a room in which nobody talks does not sound like a dead line (conference.md section 10). The same for all who
/// hear it in a tick. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class ComfortNoise {
    /// Uniform numbers that are added up for a sample, which makes it nearly Gaussian.
    private static final int UNIFORM = 4;
    /// Standard deviation of a uniform number of 16 bits.
    private static final double DEVIATION = 65_536 / Math.sqrt(12);

    private final float scale;
    private final int[] frame;
    private long state = 0x9E3779B97F4A7C15L;
    private long madeAt = Long.MIN_VALUE;

    /// @param rms of a sample; 0 for none
    /// @param samples of a frame
    public ComfortNoise(int rms, int samples) {
        this.scale = (float) (rms / (DEVIATION * Math.sqrt(UNIFORM)));
        this.frame = new int[samples];
    }

    public boolean wanted() {
        return scale > 0;
    }

    /// @return mono; valid until the next tick
    public int[] frame(long tick) {
        if (tick != madeAt) {
            madeAt = tick;
            for (int i = 0; i < frame.length; i++) {
                frame[i] = sample();
            }
        }
        return frame;
    }

    /// Xorshift: one number of 64 bits is four of 16.
    private int sample() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        int sum = (short) state + (short) (state >> 16) + (short) (state >> 32) + (short) (state >> 48);
        return Math.round(sum * scale);
    }
}
