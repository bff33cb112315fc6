package io.jverto.media.audio;

import io.jverto.media.plan.Position;
import java.util.Optional;
import java.util.Set;

/// What other threads want of a port; read once in each tick.
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
}
