package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.mixer.VoiceLevel;
import io.jverto.media.plan.VoiceRules;
import io.jverto.media.plan.Way;

/// How loud a channel is heard and hears. A change takes 20 ms, so that it does not click. [#level], [#mute] and [#autoGain] from any thread,
/// one at a time.
@OwnedBy(Role.MIXER_TICK)
public final class Levels implements Insert {
    /// Mean magnitude from which on somebody speaks.
    private static final int VOICE = 200;
    /// About a second is listened to before the gain changes by a decibel.
    private static final int PERIOD_FRAMES = 25;
    private static final int PATIENCE = 2;

    private final Gain said = new Gain();
    private final Gain heard = new Gain();

    private static final class Gain {
        volatile int level;
        volatile boolean muted;
        volatile VoiceRules rules = VoiceRules.NONE;
        private final VoiceLevel voice = new VoiceLevel();
        private boolean ruled;
        private float now = 1;

        void apply(short[] pcm, int channels) {
            VoiceRules wanted = rules;
            ruled |= wanted != VoiceRules.NONE;
            if (ruled) {
                int score = Pcm.score(pcm, Frame.SAMPLES * channels);
                voice.rules(wanted);
                voice.apply(pcm, channels, Frame.SAMPLES, score, score >= VOICE);
            }
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

    /// @param level mean magnitude to which a voice is brought; 0 leaves it as it is
    public void autoGain(Way way, int level) {
        of(way).rules = level == 0 ? VoiceRules.NONE
                : new VoiceRules(new VoiceRules.AutoGain(level, level / 8, level / 10, PATIENCE, PERIOD_FRAMES), VoiceRules.Shouting.ALLOWED);
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
