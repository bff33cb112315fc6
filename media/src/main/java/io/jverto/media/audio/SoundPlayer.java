package io.jverto.media.audio;

import io.jverto.base.count.Counters;

/// Plays a sound to one channel. Owner: MIXER_TICK.
public final class SoundPlayer {
    private final PortSetup setup;
    private final PortControl control;

    public SoundPlayer(SoundSource source, PortSetup setup, PortControl control, Counters<AudioCount> counters) {
        this.setup = setup;
        this.control = control;
    }

    public boolean tick(long nowNanos, Wakes wakes) {
        return !control.detached();
    }

    public void close() {
        setup.listener().onClosed(PortListener.End.DETACHED);
    }
}
