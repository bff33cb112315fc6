package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VoiceRules;

/// Finds the gain that brings a voice to its level (conference.md section 10). At most [#MOST_DECIBELS] either way. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class AutoGain {
    static final int MOST_DECIBELS = 30;

    private VoiceRules.AutoGain rules = VoiceRules.AutoGain.OFF;
    private long sum;
    private int frames;
    private int over;
    private int under;
    private int decibels;
    private float factor = 1;

    void rules(VoiceRules.AutoGain now) {
        if (now.level() == 0) {
            become(0);
        }
        rules = now;
        frames = 0;
        sum = 0;
        over = 0;
        under = 0;
    }

    /// @param score mean magnitude of a frame with voice, before the gain
    /// @return factor for the frame
    float onVoice(int score) {
        if (rules.level() > 0) {
            sum += (long) (score * factor);
            frames++;
            if (frames > rules.periodFrames()) {
                judge((int) (sum / frames));
                frames = 0;
                sum = 0;
            }
        }
        return factor;
    }

    float factor() {
        return factor;
    }

    int decibels() {
        return decibels;
    }

    private void judge(int mean) {
        over = mean > rules.level() + rules.margin() ? over + 1 : 0;
        if (mean < rules.low()) {
            under = rules.patience() + 1;
        } else {
            under = mean < rules.level() - rules.margin() ? under + 1 : 0;
        }
        if (over > rules.patience()) {
            become(decibels - 1);
        } else if (under > rules.patience()) {
            become(decibels + 1);
        }
    }

    private void become(int wanted) {
        decibels = Math.clamp(wanted, -MOST_DECIBELS, MOST_DECIBELS);
        factor = (float) Math.pow(10, decibels / 20.0);
    }
}
