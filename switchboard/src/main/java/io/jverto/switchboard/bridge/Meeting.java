package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.port.Cause;
import java.util.Optional;

/// One channel has another one sent to it and talks with it then. On the leader's thread.
final class Meeting {
    private static final long LOOK_AGAIN_MILLIS = 100;

    private Meeting() {}

    /// Talks until one of the two goes. Who sets out and does not come is let go.
    ///
    /// @param coming what the other one does; it ends with [Talk#follow]
    /// @param millis how long it may take to come
    /// @return why the talk is over, seen from the leader; empty when there was none
    static Optional<Cause> lead(Channel leader, ChannelHandle other, ChannelScript coming, Steering steering, long millis) {
        return other.redirect(coming) ? await(leader, other, steering, millis) : Optional.empty();
    }

    /// The same with one that comes by itself.
    static Optional<Cause> await(Channel leader, ChannelHandle other, Steering steering, long millis) {
        long deadline = leader.in(millis);
        while (leader.up() && !other.isOver() && leader.in(0) < deadline) {
            Optional<ChannelEvent> event = leader.next(Math.min(deadline, leader.in(LOOK_AGAIN_MILLIS)));
            if (event.isPresent() && event.get() instanceof ChannelEvent.LegAnswered how && how.leg().equals(other.id())) {
                return Optional.of(Talk.lead(leader, other, how, steering));
            }
        }
        other.hangup(Cause.NORMAL_CLEARING, false);
        return Optional.empty();
    }
}
