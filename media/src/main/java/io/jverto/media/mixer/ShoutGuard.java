package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VoiceRules;

/// Softens a shout, the more the longer it lasts, and silences one that goes on (conference.md section 8.5). Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class ShoutGuard {
    /// Volume levels by which a shout is softened at most.
    private static final int MOST_STEPS = 4;
    /// Loud frames after which it is softened by one level more.
    private static final int STEP_FRAMES = 3;

    private VoiceRules.Shouting rules = VoiceRules.Shouting.ALLOWED;
    private int loudFrames;
    private int hits;
    private int muted;

    void rules(VoiceRules.Shouting now) {
        rules = now;
        loudFrames = 0;
        hits = 0;
        muted = 0;
    }

    /// @param score mean magnitude of a frame
    /// @return factor for it; 0 while it is silenced
    float onFrame(int score) {
        if (rules.level() == 0) {
            return 1;
        }
        if (muted > 0) {
            muted--;
            return 0;
        }
        hits = score > rules.level() ? hits + 1 : Math.max(0, hits - 1);
        if (hits > rules.trigger() && rules.muteFrames() > 0) {
            hits = 0;
            loudFrames = 0;
            muted = rules.muteFrames() - 1;
            return 0;
        }
        boolean loud = score > rules.level() * 3 / 4;
        loudFrames = loud ? Math.min(loudFrames + 1, MOST_STEPS * STEP_FRAMES) : Math.max(0, loudFrames - 1);
        return loud ? Pcm.factor(-Math.min(MOST_STEPS, 1 + (loudFrames - 1) / STEP_FRAMES)) : 1;
    }
}
