package io.jverto.media.audio;

import io.jverto.media.plan.JitterBounds;

/// What the delay of a channel's jitter buffer may be, at whichever port the channel is. Any thread changes it; the port sees it at its
/// next tick.
public final class JitterLimits {
    private volatile JitterBounds bounds;

    public JitterLimits(JitterBounds bounds) {
        this.bounds = bounds;
    }

    public void set(JitterBounds wanted) {
        bounds = wanted;
    }

    JitterBounds bounds() {
        return bounds;
    }
}
