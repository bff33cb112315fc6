package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VoiceRules;

/// What is done to a voice by itself before it is mixed: automatic gain, and protection from shouting. Each change takes a frame, so that
/// nothing clicks; what is made louder does not clip. Owner: MIXER_TICK. conference.md sections 8.5 and 10.
@OwnedBy(Role.MIXER_TICK)
public final class VoiceLevel {
    /// Louder than this nothing is made.
    private static final float CEILING = 30_000;

    private final AutoGain auto = new AutoGain();
    private final ShoutGuard shouting = new ShoutGuard();
    private final Gain gain = new Gain();
    private VoiceRules rules = VoiceRules.NONE;

    /// @param now the same object as long as nothing changes
    public void rules(VoiceRules now) {
        if (now != rules) {
            if (!now.autoGain().equals(rules.autoGain())) {
                auto.rules(now.autoGain());
            }
            if (!now.shouting().equals(rules.shouting())) {
                shouting.rules(now.shouting());
            }
            rules = now;
        }
    }

    /// @param pcm a frame that is to be heard, interleaved
    /// @param samples of each channel
    /// @param score its mean magnitude
    /// @param open whether it is over the gate
    public void apply(short[] pcm, int channels, int samples, int score, boolean open) {
        float wanted = shouting.onFrame(score) * (open ? auto.onVoice(score) : auto.factor());
        if (wanted > 1) {
            wanted = Math.max(1, Math.min(wanted, CEILING / Math.max(1, Pcm.peak(pcm, samples * channels))));
        }
        gain.apply(pcm, channels, samples, wanted);
    }

    /// @return decibels that automatic gain adds at the moment
    public int gainDecibels() {
        return auto.decibels();
    }
}
