package io.jverto.media.studio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VideoCodec;

/// Somebody who watches a canvas.
@OwnedBy(Role.PICTURES)
public final class Viewer {
    static final int NOTHING = Integer.MIN_VALUE;

    private final VideoCodec codec;
    private final Outlet outlet;
    int canvas = NOTHING;
    int level = -1;
    /// bit/s that it can take; 0 when it does not say.
    private int able;
    /// bit/s that it shall not get more than; 0 for none.
    private int limit;
    private boolean small;
    /// Whether the class that it had says nothing any more.
    private boolean anew;
    /// Its own, so that it goes on without a gap when another encoder sends to it.
    private int sequence;

    Viewer(VideoCodec codec, Outlet outlet) {
        this.codec = codec;
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

    VideoCodec codec() {
        return codec;
    }

    Outlet outlet() {
        return outlet;
    }

    int able() {
        return able;
    }

    /// @param bitsPerSecond that it gets at most; 0 for as much as it can take
    /// @param half whether it gets half as many columns and rows
    public void limit(int bitsPerSecond, boolean half) {
        limit = bitsPerSecond;
        small = half;
        anew = true;
    }

    void look() {
        int told = Math.min(outlet.kbps(), 1_000_000) * 1_000;
        able = limit > 0 && (told == 0 || told > limit) ? limit : told;
    }

    /// @return the class of bit rates for it
    int wanted(int bitsPerSecond) {
        int wanted = Rates.level(bitsPerSecond, able, anew ? -1 : level);
        anew = false;
        return small && !Rates.isHalfSize(wanted) ? Rates.HALF_SIZE : wanted;
    }
}
