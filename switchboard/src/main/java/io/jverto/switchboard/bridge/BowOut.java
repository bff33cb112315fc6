package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.LoopbackPair;
import io.jverto.switchboard.port.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a loopback out of a call when both of its ends talk with somebody (`loopback_bowout`, dialplan-directory.md section 4): the two talk
/// with each other then. Whoever leads a talk goes on in his dialplan after it as he would have.
final class BowOut {
    private static final Logger log = LoggerFactory.getLogger(BowOut.class);
    private static final String VARIABLE = "loopback_bowout";

    private BowOut() {}

    /// A channel is about to lead a talk.
    static void before(Channel leader) {
        leader.handle().loopback().filter(_ -> isRefused(leader)).ifPresent(LoopbackPair::stays);
    }

    static boolean isRefused(Channel end) {
        return end.variables().text(VARIABLE).isPresent() && !end.variables().isTrue(VARIABLE);
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
