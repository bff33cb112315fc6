package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.MixBus;
import java.util.Arrays;

/// What all say in a tick, either with the mix's channels, at their places, or flat in mono. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class MixSum {
    private final MixBus bus;
    private final boolean flat;
    private final int[] apart;

    /// @param channels 1 or 2; 1 when it is flat
    MixSum(int channels, boolean flat) {
        this.bus = new MixBus(Frame.SAMPLES * channels);
        this.flat = flat;
        this.apart = new int[Frame.SAMPLES * channels];
    }

    void clear() {
        bus.clear();
    }

    void add(Contribution what) {
        bus.add(frame(what));
    }

    /// @return valid until the sum changes
    int[] all() {
        return bus.all();
    }

    /// @return valid until the next call
    int[] allBut(Contribution own) {
        return bus.allBut(frame(own));
    }

    /// Begins a mix that one alone hears.
    ///
    /// @param base whether all are in it
    void beginApart(boolean base) {
        if (base) {
            System.arraycopy(bus.all(), 0, apart, 0, apart.length);
        } else {
            Arrays.fill(apart, 0);
        }
    }

    /// @param sign 1 or -1
    void addApart(Contribution what, int sign) {
        short[] frame = frame(what);
        for (int i = 0; i < apart.length; i++) {
            apart[i] += sign * frame[i];
        }
    }

    /// @return valid until the next begins
    int[] apart() {
        return apart;
    }

    private short[] frame(Contribution what) {
        return flat ? what.flat() : what.frame();
    }
}
