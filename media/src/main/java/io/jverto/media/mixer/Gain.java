package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;

/// A gain that changes without a click: one frame leads it in a straight line from what it was to what it is to be. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class Gain {
    private float now = 1;

    /// @param pcm interleaved
    /// @param samples of each channel
    /// @param wanted factor that holds from the end of this frame on
    public void apply(short[] pcm, int channels, int samples, float wanted) {
        if (wanted == 1 && now == 1) {
            return;
        }
        Pcm.fade(pcm, channels, samples, now, wanted);
        now = wanted;
    }
}
