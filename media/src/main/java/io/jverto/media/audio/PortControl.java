package io.jverto.media.audio;

import io.jverto.media.plan.Position;
import io.jverto.media.plan.Voice;
import io.jverto.media.plan.VoiceRules;
import java.util.Optional;
import java.util.Set;

/// What other threads want of a port, read once in each tick; and what they may know of it.
public interface PortControl {
    boolean muted();

    boolean deaf();

    boolean detached();

    /// @return -4 to 4: how loud the others hear it (conference.md section 10)
    int volumeIn();

    /// @return -4 to 4: how loud it hears the others
    int volumeOut();

    /// @return mean sample magnitude over which it is mixed; -1 for what the mixer says
    default int gate() {
        return -1;
    }

    /// @return whether it is listened to while it is muted, to tell when it talks
    default boolean detecting() {
        return false;
    }

    /// @return the names of the ports that it does not hear
    default Set<String> unheard() {
        return Set.of();
    }

    /// @return where the others hear it in stereo; nothing leaves its left and right as they are
    default Optional<Position> position() {
        return Optional.empty();
    }

    /// @return what is done to its voice by itself; the same object as long as nothing changes
    default VoiceRules voiceRules() {
        return VoiceRules.NONE;
    }

    /// Told on the mixer's thread when it is another one.
    ///
    /// @param energy smoothed mean magnitude of what it says
    /// @param gainDecibels what automatic gain adds
    default void onEnergy(int energy, int gainDecibels) {}

    /// Told before [PortListener#onTalking] that it stopped.
    default void onSpurt(Voice.Spurt spurt) {}
}
