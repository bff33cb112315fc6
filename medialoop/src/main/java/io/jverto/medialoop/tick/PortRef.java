package io.jverto.medialoop.tick;

import io.jverto.media.audio.PortControl;

/// A channel at a mixer, or a playback, from any thread. What is asked takes effect at the next tick.
public final class PortRef implements PortControl {
    private final Runnable wake;
    private volatile boolean muted;
    private volatile boolean deaf;
    private volatile boolean detached;

    PortRef(Runnable wake) {
        this.wake = wake;
    }

    /// The others do not hear it, and its packets are not decoded.
    public void setMuted(boolean value) {
        muted = value;
    }

    /// It hears nobody.
    public void setDeaf(boolean value) {
        deaf = value;
    }

    /// Ends it. Twice does no harm.
    public void detach() {
        detached = true;
        wake.run();
    }

    @Override
    public boolean muted() {
        return muted;
    }

    @Override
    public boolean deaf() {
        return deaf;
    }

    @Override
    public boolean detached() {
        return detached;
    }
}
