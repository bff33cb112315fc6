package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Position;
import java.util.Optional;

/// A sound that plays into a room under what is said, or to one member alone. Owner: MIXER_TICK. conference.md section 13.
@OwnedBy(Role.MIXER_TICK)
public final class MixSource {
    private final SoundSource source;
    private final How how;
    private final SourceControl control;
    private final short[] made;
    private final Contribution contribution;

    /// How it is heard.
    ///
    /// @param only name of the port that hears it, empty for all
    /// @param alone who hears it hears nothing else
    /// @param factor of its amplitude
    /// @param place where it is heard in a stereo room; nothing leaves its left and right as they are
    public record How(String only, boolean alone, float factor, Optional<Position> place) {}

    /// @param mixChannels of the room
    public MixSource(SoundSource source, How how, SourceControl control, int mixChannels) {
        this.source = source;
        this.how = how;
        this.control = control;
        this.made = new short[Frame.SAMPLES * source.channels()];
        this.contribution = new Contribution(mixChannels);
    }

    /// Makes the next 20 ms.
    ///
    /// @param flatToo whether somebody listens to [Contribution#flat]
    /// @return false when it is over, and has been told so
    boolean tick(boolean flatToo) {
        if (control.stopped()) {
            contribution.pause();
            control.ended(PortListener.End.DETACHED);
            return false;
        }
        if (control.paused()) {
            contribution.pause();
            return true;
        }
        if (!source.fill(made)) {
            contribution.pause();
            control.ended(source.failed() ? PortListener.End.BROKEN : PortListener.End.FINISHED);
            return false;
        }
        Pcm.scale(made, made.length, how.factor());
        contribution.give(made, source.channels(), how.place(), flatToo);
        control.played();
        return true;
    }

    void close(PortListener.End end) {
        control.ended(end);
    }

    /// @return what it gives to this tick, if it does
    Contribution contribution() {
        return contribution;
    }

    boolean placed() {
        return how.place().isPresent();
    }

    boolean isForAll() {
        return how.only().isEmpty();
    }

    /// @param port its name
    boolean isFor(String port) {
        return contribution.given() && how.only().equals(port);
    }

    boolean alone() {
        return how.alone();
    }
}
