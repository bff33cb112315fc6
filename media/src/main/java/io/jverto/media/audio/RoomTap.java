package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Limiter;

/// Puts the whole mix of a room into a ring, out of which another thread writes a file. Every tick gives a frame, so that the file is as
/// long as the time that passed; what is said while it is paused is left out. Owner: MIXER_TICK. conference.md section 18.
@OwnedBy(Role.MIXER_TICK)
public final class RoomTap {
    private final RecordTarget target;
    private final SourceControl control;
    private final AudioCounters counters;
    private final Limiter limiter = new Limiter();
    private final short[] frame;

    /// @param target its ring has the room's channels
    public RoomTap(RecordTarget target, SourceControl control, AudioCounters counters) {
        this.target = target;
        this.control = control;
        this.counters = counters;
        this.frame = new short[target.ring().frameValues()];
    }

    /// @return false when nobody wants more
    boolean tick(int[] sum) {
        if (control.stopped() || target.ring().ended()) {
            return false;
        }
        if (control.paused()) {
            return true;
        }
        limiter.limit(sum, target.ring().channels(), frame);
        target.take(frame, counters);
        control.played();
        return true;
    }

    void close(PortListener.End end) {
        control.ended(end);
    }
}
