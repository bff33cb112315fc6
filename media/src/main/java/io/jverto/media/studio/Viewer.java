package io.jverto.media.studio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;

/// Somebody who watches a canvas.
@OwnedBy(Role.PICTURES)
public final class Viewer {
    static final int NOTHING = Integer.MIN_VALUE;

    private final Outlet outlet;
    int canvas = NOTHING;
    int level = -1;
    /// bit/s that it can take; 0 when it does not say.
    private int able;
    /// Its own, so that it goes on without a gap when another encoder sends to it.
    private int sequence;

    Viewer(Outlet outlet) {
        this.outlet = outlet;
    }

    /// Where its packets go.
    public interface Outlet {
        /// @param key a key frame begins in it
        /// @param marker the last of its picture
        void send(boolean key, boolean marker, int sequence, int timestamp, byte[] payload, int length);

        /// @return whether it needs a key frame since the last time this was asked
        boolean takeKeyFrameWish();

        /// @return kbit/s that it can take; 0 when it does not say
        int kbps();
    }

    void send(boolean key, boolean marker, int timestamp, byte[] payload, int length) {
        outlet.send(key, marker, sequence, timestamp, payload, length);
        sequence = sequence + 1 & 0xffff;
    }

    Outlet outlet() {
        return outlet;
    }

    int able() {
        return able;
    }

    void look() {
        able = Math.min(outlet.kbps(), 1_000_000) * 1_000;
    }
}
