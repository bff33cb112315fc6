package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Way;

/// How loud a channel is heard and hears. A change takes 20 ms, so that it does not click. [#level] and [#mute] from any thread, one at
/// a time.
@OwnedBy(Role.MIXER_TICK)
public final class Levels implements Insert {
    private final Gain said = new Gain();
    private final Gain heard = new Gain();

    private static final class Gain {
        volatile int level;
        volatile boolean muted;
        private float now = 1;

        void apply(short[] pcm, int channels) {
            float next = muted ? 0 : Pcm.factor(level);
            if (now != 1 || next != 1) {
                Pcm.fade(pcm, channels, Frame.SAMPLES, now, next);
                now = next;
            }
        }
    }

    /// @param level -4 to 4 (conference.md section 10)
    public void level(Way way, int level) {
        of(way).level = level;
    }

    public void mute(Way way, boolean muted) {
        of(way).muted = muted;
    }

    private Gain of(Way way) {
        return way == Way.SAID ? said : heard;
    }

    @Override
    public Place place() {
        return Place.CHANGE;
    }

    @Override
    public void said(short[] pcm, int channels) {
        said.apply(pcm, channels);
    }

    @Override
    public void heard(short[] pcm, int channels) {
        heard.apply(pcm, channels);
    }
}
