package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;

/// A sound that plays into a room under what is said, or to one member alone. Owner: MIXER_TICK. conference.md section 13.
@OwnedBy(Role.MIXER_TICK)
public final class MixSource {
    private final SoundSource source;
    private final String only;
    private final boolean alone;
    private final float factor;
    private final SourceControl control;
    private final short[] made;
    private final short[] frame;
    private final int mixChannels;
    private boolean sounding;

    /// @param only name of the port that hears it, empty for all
    /// @param alone who hears it hears nothing else
    /// @param factor of its amplitude
    /// @param mixChannels of the room
    public MixSource(SoundSource source, String only, boolean alone, float factor, SourceControl control, int mixChannels) {
        this.source = source;
        this.only = only;
        this.alone = alone;
        this.factor = factor;
        this.control = control;
        this.mixChannels = mixChannels;
        this.made = new short[Frame.SAMPLES * source.channels()];
        this.frame = new short[Frame.SAMPLES * mixChannels];
    }

    /// Makes the next 20 ms.
    ///
    /// @return false when it is over, and has been told so
    boolean tick() {
        sounding = false;
        if (control.stopped()) {
            control.ended(PortListener.End.DETACHED);
            return false;
        }
        if (control.paused()) {
            return true;
        }
        if (!source.fill(made)) {
            control.ended(source.failed() ? PortListener.End.BROKEN : PortListener.End.FINISHED);
            return false;
        }
        Pcm.scale(made, made.length, factor);
        Pcm.convert(made, source.channels(), frame, mixChannels, Frame.SAMPLES);
        sounding = true;
        control.played();
        return true;
    }

    void close(PortListener.End end) {
        control.ended(end);
    }

    /// @return its frame of this tick, if [#sounding]
    short[] frame() {
        return frame;
    }

    boolean sounding() {
        return sounding;
    }

    boolean isForAll() {
        return only.isEmpty();
    }

    /// @param port its name
    boolean isFor(String port) {
        return sounding && only.equals(port);
    }

    boolean alone() {
        return alone;
    }
}
