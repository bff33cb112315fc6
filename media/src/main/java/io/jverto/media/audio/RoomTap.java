package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Limiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the whole mix of a room into a ring, or what one port says, out of which another thread writes a file. Every tick gives a frame, so
/// that the file is as long as the time that passed; what is said while it is paused is left out. Owner: MIXER_TICK. conference.md section 18.
@OwnedBy(Role.MIXER_TICK)
public final class RoomTap {
    private static final short[] SILENCE = new short[2 * Frame.SAMPLES];

    private final RecordTarget target;
    private final SourceControl control;
    private final AudioCounters counters;
    private final Limiter limiter = new Limiter();
    private final short[] frame;
    private final String only;
    private @Nullable AudioPort port;

    /// @param target its ring has the room's channels
    public RoomTap(RecordTarget target, SourceControl control, AudioCounters counters) {
        this(target, control, counters, "");
    }

    /// @param target its ring has the room's channels
    /// @param only name of the port that is recorded, silence while it is not there; empty for the mix
    public RoomTap(RecordTarget target, SourceControl control, AudioCounters counters, String only) {
        this.only = only;
        this.target = target;
        this.control = control;
        this.counters = counters;
        this.frame = new short[target.ring().frameValues()];
    }

    boolean isOfOne() {
        return !only.isEmpty();
    }

    /// @return false when nobody wants more
    boolean tick(List<AudioPort> ports) {
        AudioPort now = port;
        if (now == null || now.control().detached()) {
            now = find(ports);
            port = now;
        }
        if (now != null && now.contributing()) {
            return tick(now.contribution().frame());
        }
        return tick(SILENCE);
    }

    private @Nullable AudioPort find(List<AudioPort> ports) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).name().equals(only)) {
                return ports.get(i);
            }
        }
        return null;
    }

    /// What one says needs no limiter.
    private boolean tick(short[] said) {
        if (control.stopped() || target.ring().ended()) {
            return false;
        }
        target.clock().held(control.paused());
        if (!control.paused()) {
            System.arraycopy(said, 0, frame, 0, frame.length);
            target.take(frame, counters);
            control.played();
        }
        return true;
    }

    /// @return false when nobody wants more
    boolean tick(int[] sum) {
        if (control.stopped() || target.ring().ended()) {
            return false;
        }
        target.clock().held(control.paused());
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
