package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.LoopbackPair;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a loopback out of a call when both of its ends talk with somebody (`loopback_bowout`, dialplan-directory.md section 4): the two talk
/// with each other then. Whoever leads a talk goes on in his dialplan after it as he would have.
final class BowOut {
    private static final Logger log = LoggerFactory.getLogger(BowOut.class);
    private static final String VARIABLE = "loopback_bowout";
    private static final String ON_EXECUTE = "loopback_bowout_on_execute";
    private static final String LOOPBACK = "loopback/";

    private BowOut() {}

    /// A channel is about to lead a talk.
    static void before(Channel leader) {
        leader.handle().loopback().filter(_ -> isRefused(leader)).ifPresent(LoopbackPair::stays);
    }

    static boolean isRefused(Channel end) {
        return end.variables().text(VARIABLE).isPresent() && !end.variables().isTrue(VARIABLE);
    }

    /// `loopback_bowout_on_execute`: a caller whose only leg is a loopback to an extension goes there himself.
    static Optional<Bridge.Result.Transfer> onExecute(Channel caller, DialString wanted) {
        boolean single = wanted.parts().size() == 1 && wanted.parts().getFirst().groups().size() == 1 && wanted.parts().getFirst().groups().getFirst().size() == 1;
        if (!single) {
            return Optional.empty();
        }
        DialString.Leg leg = wanted.parts().getFirst().groups().getFirst().getFirst();
        Text of = wanted.of(wanted.parts().getFirst(), leg).getOrDefault(ON_EXECUTE, caller.variables().get(ON_EXECUTE));
        if (!LegVariables.isTrue(of) || !leg.target().toString().startsWith(LOOPBACK)) {
            return Optional.empty();
        }
        List<Text> parts = leg.target().slice(LOOPBACK.length()).split('/');
        return parts.getFirst().isEmpty() || parts.getFirst().toString().startsWith("app=") ? Optional.empty()
                : Optional.of(new Bridge.Result.Transfer(parts.getFirst(), parts.size() > 2 ? parts.get(2) : Text.syntax("XML"), parts.size() > 1 ? parts.get(1) : Text.EMPTY));
    }

    /// Two talk with each other now. On the leader's thread.
    static void after(ChannelHandle leader, ChannelHandle follower) {
        leader.loopback().ifPresent(BowOut::look);
        follower.loopback().ifPresent(BowOut::look);
    }

    // DEVIATION originate-5
    private static void look(LoopbackPair pair) {
        pair.partners().filter(both -> !(both.one().isLeading() && both.other().isLeading())).ifPresent(both -> {
            if (pair.claim()) {
                log.info("channels {} and {} talk without the loopback between them", LogText.of(both.one().id()), LogText.of(both.other().id()));
                join(pair, both.one(), both.other());
                pair.one().hangup(Cause.BOWOUT, false);
                pair.other().hangup(Cause.BOWOUT, false);
            }
        });
    }

    private static void join(LoopbackPair pair, ChannelHandle one, ChannelHandle other) {
        if (one.isLeading()) {
            replace(one, pair.one(), other, pair.other());
        } else if (other.isLeading()) {
            replace(other, pair.other(), one, pair.one());
        } else {
            Transfers.part(one, pair.one());
            Transfers.part(other, pair.other());
            Transfers.meet(one, other, channel -> Transfers.lead(channel, other));
        }
    }

    /// Whoever leads goes on leading, and the other one follows him from now on.
    private static void replace(ChannelHandle leader, ChannelHandle end, ChannelHandle follower, ChannelHandle otherEnd) {
        leader.tell(new ChannelEvent.LegReplaced(end.id(), follower));
        Transfers.part(leader, end);
        Transfers.part(otherEnd, follower);
        follower.tell(new ChannelEvent.Follow(follower.id(), leader));
    }
}
