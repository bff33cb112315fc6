package io.jverto.medialoop.tick;

import io.jverto.media.audio.MixSource;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.RoomTap;
import java.util.Optional;

/// A mixer from any thread. It lives on one tick thread for its whole life.
public final class TickMixerRef {
    private final String name;
    private final TickLoop loop;
    private final int rateHz;
    private final int channels;
    private final int gateLevel;
    private final int noise;
    private volatile boolean closed;

    TickMixerRef(String name, TickLoop loop, int rateHz, int channels, int gateLevel, int noise) {
        this.name = name;
        this.loop = loop;
        this.rateHz = rateHz;
        this.channels = channels;
        this.gateLevel = gateLevel;
        this.noise = noise;
    }

    public String name() {
        return name;
    }

    /// Joins a channel.
    ///
    /// @return empty when the mixer is closed or its thread does not take more
    public Optional<PortRef> attach(PortSetup setup, boolean muted, boolean deaf) {
        PortRef ref = new PortRef(loop::wake);
        ref.setMuted(muted);
        ref.setDeaf(deaf);
        return !closed && loop.tell(new TickCommand.Attach(this, setup, ref)) ? Optional.of(ref) : Optional.empty();
    }

    /// Plays a sound to who is here.
    ///
    /// @return false when the mixer is closed or its thread does not take more
    boolean play(MixSource source, RoomSoundRef ref) {
        return !closed && loop.tell(new TickCommand.PlayInRoom(this, source, ref));
    }

    /// Records what is said and played here.
    ///
    /// @return false when the mixer is closed or its thread does not take more
    boolean record(RoomTap tap, RoomSoundRef ref) {
        return !closed && loop.tell(new TickCommand.RecordRoom(this, tap, ref));
    }

    void wake() {
        loop.wake();
    }

    /// Ends it and detaches all its ports. Twice does no harm.
    public void close() {
        closed = true;
        loop.wake();
    }

    int rateHz() {
        return rateHz;
    }

    /// @return 1 mono, 2 stereo
    public int channels() {
        return channels;
    }

    int gateLevel() {
        return gateLevel;
    }

    int noise() {
        return noise;
    }

    boolean closed() {
        return closed;
    }
}
