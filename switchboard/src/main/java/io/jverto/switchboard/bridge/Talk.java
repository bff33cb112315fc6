package io.jverto.switchboard.bridge;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelState;
import io.jverto.switchboard.channel.ChannelVariables;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.LentMedia;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Party;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two channels that talk with each other. One leads: it joins the media and says who hears what; the other follows. Each runs on its
/// own thread, until one of them ends or is sent elsewhere.
final class Talk {
    private static final Logger log = LoggerFactory.getLogger(Talk.class);
    private static final long SUCCESSOR_MILLIS = 5_000;

    private final Channel leader;
    private final ChannelHandle follower;
    private final LentMedia followersMedia;
    /// What the leader hears while the follower's party has put it on hold.
    private Optional<Sound> held = Optional.empty();

    private final ChannelEvent.LegAnswered how;
    private final Steering steering;
    private final MetaDigits digits;
    /// Who comes in place of the follower, and until when he is waited for.
    private Optional<ChannelHandle> successor = Optional.empty();
    private long successorDeadline = Channel.FOREVER;
    private Optional<ChannelEvent.LegAnswered> arrived = Optional.empty();

    private Talk(Channel leader, ChannelHandle follower, ChannelEvent.LegAnswered how, Steering steering) {
        this.leader = leader;
        this.follower = follower;
        this.followersMedia = how.media();
        this.how = how;
        this.steering = steering;
        this.digits = new MetaDigits(leader, follower);
    }

    /// Leads, with a channel that has said it is there.
    ///
    /// @return why it is over, seen from the leader
    static Cause lead(Channel leader, ChannelHandle follower, ChannelEvent.LegAnswered how) {
        return lead(leader, follower, how, Steering.NONE);
    }

    static Cause lead(Channel leader, ChannelHandle follower, ChannelEvent.LegAnswered how, Steering steering) {
        try {
            Talk talk = new Talk(leader, follower, how, steering);
            Cause end = talk.run(true);
            while (talk.arrived.isPresent() && talk.successor.isPresent() && leader.up()) {
                leader.variables().set("last_bridge_to", talk.successor.get().id().value());
                talk = new Talk(leader, talk.successor.get(), talk.arrived.get(), steering);
                end = talk.run(false);
            }
            return end;
        } finally {
            if (leader.up()) {
                leader.happenings().happened("post_bridge");
            }
        }
    }

    private Cause run(boolean first) {
        try {
            leader.relatives().otherLeg(how.facts().profile(), false);
            exchange(leader, follower, how);
            if (first) {
                leader.happenings().happened("pre_bridge");
            }
            BowOut.before(leader);
            leader.talksWith(follower);
            follower.tell(new ChannelEvent.Meets(how.shown().orElseGet(leader::party)));
            leader.meets(how.facts().party());
            log.info("channel {}: talks with channel {}", leader.logId(), LogText.of(how.leg()));
            CoreChannelEvents.bridged(leader, follower);
            leader.handle().markLeading(true); // from now on others may take his partner away
            BowOut.after(leader.handle(), follower);
            return untilOneGoes();
        } finally {
            CoreChannelEvents.unbridged(leader, follower);
            leader.handle().markLeading(false);
            leader.handle().talksWith(Optional.empty());
            leader.recordings().look();
            follower.release(leader.handle(), Cause.NORMAL_CLEARING);
        }
    }

    /// What each of the two wants the other one to know (`bridge_export`).
    private static void exchange(Channel leader, ChannelHandle follower, ChannelEvent.LegAnswered how) {
        ChannelVariables.bridgeExported(how.facts().variables()).forEach(leader.variables()::set);
        Map<String, Text> ours = ChannelVariables.bridgeExported(leader.variables().all());
        if (!ours.isEmpty()) {
            follower.tell(new ChannelEvent.Visit(channel -> ours.forEach(channel.variables()::set), () -> { }));
        }
    }

    /// Whether a digit of the channel's own party ends the talk (`bridge_terminate_key`).
    private static boolean ends(Channel channel, ChannelEvent.Digit digit) {
        return channel.variables().text("bridge_terminate_key").filter(keys -> keys.indexOf(digit.digit()) >= 0).isPresent();
    }

    private Cause untilOneGoes() {
        join();
        while (leader.up()) {
            switch (leader.next(Math.min(digits.deadline(), successorDeadline)).orElse(null)) {
                case ChannelEvent.LegEnded(var id, Cause cause) when id.equals(follower.id()) && leader.handle().partner().isPresent() -> {
                    return cause;
                }
                case ChannelEvent.LegReplaced(var leg, ChannelHandle by) when leg.equals(follower.id()) -> {
                    successor = Optional.of(by);
                    successorDeadline = leader.in(SUCCESSOR_MILLIS);
                }
                case ChannelEvent.LegAnswered next when isSuccessor(next.leg()) -> {
                    arrived = Optional.of(next);
                    return Cause.NORMAL_CLEARING;
                }
                case ChannelEvent.LegEnded(var id, Cause cause) when isSuccessor(id) -> {
                    return cause;
                }
                case ChannelEvent.Digit digit -> {
                    if (isOverBy(digit)) {
                        return Cause.NORMAL_CLEARING;
                    }
                }
                case ChannelEvent.Hold _ -> join();
                case ChannelEvent.PartnerHold(Optional<Sound> music) -> {
                    held = music;
                    join();
                }
                case null -> {
                    if (leader.up() && leader.in(0) >= successorDeadline) {
                        return Cause.NORMAL_TEMPORARY_FAILURE;
                    }
                }
                default -> { }
            }
            digits.lookAt();
        }
        steering.leaderLeft();
        return Cause.NORMAL_CLEARING;
    }

    private boolean isSuccessor(ChannelId leg) {
        return successor.filter(one -> one.id().equals(leg)).isPresent();
    }

    private boolean isOverBy(ChannelEvent.Digit digit) {
        Steering.Turn turn = steering.pressed(digit);
        boolean over = turn == Steering.Turn.OVER || turn == Steering.Turn.NOT_TAKEN && ends(leader, digit);
        if (turn == Steering.Turn.NOT_TAKEN && !over) {
            digits.pressed(digit);
        }
        return over;
    }

    /// Whoever is held hears the music of the one who holds; the media of the one who holds is paused.
    private void join() {
        boolean holds = leader.state() == ChannelState.HELD;
        if (!holds && held.isEmpty()) {
            followersMedia.use(media -> leader.services().media().bridge(leader.media(), media));
            return;
        }
        AudioRoute followers = holds ? new AudioRoute.Play(Sounds.holdMusic(leader), 0) : new AudioRoute.Silent();
        followersMedia.use(media -> media.route(followers));
        leader.route(held.<AudioRoute>map(music -> new AudioRoute.Play(music, 0)).orElseGet(AudioRoute.Silent::new));
    }

    /// Follows: tells the leader that this channel is there, and passes on to it what concerns it.
    ///
    /// @param shown who this channel's client has been told it talks with, if that is to stay
    static void follow(Channel follower, ChannelHandle leader, Optional<Party> shown) {
        if (!follower.up()) {
            return;
        }
        follower.happenings().happened("pre_bridge");
        follower.follow(leader);
        follower.talksWith(leader);
        LentMedia media = new LentMedia(follower.media(), () -> follower.handle().release(leader, Cause.NORMAL_CLEARING));
        if (!leader.tell(new ChannelEvent.LegAnswered(follower.id(), media, ChannelEvent.LegFacts.of(follower), shown))) {
            follower.hangup(Cause.NORMAL_CLEARING, "its caller is gone");
        }
        if (follower.state() == ChannelState.HELD) {
            tellHold(follower, leader);
        }
        passOn(follower, leader, shown);
        media.takeBack();
        follower.recordings().look();
    }

    private static void passOn(Channel follower, ChannelHandle leader, Optional<Party> shown) {
        MetaDigits digits = new MetaDigits(follower, leader);
        while (follower.up()) {
            switch (follower.next(digits.deadline()).orElse(null)) {
                case ChannelEvent.Digit digit when ends(follower, digit) -> follower.hangup(Cause.NORMAL_CLEARING, "its key to end the talk");
                case ChannelEvent.Digit digit -> digits.pressed(digit);
                case ChannelEvent.Hold _ -> tellHold(follower, leader);
                // It answered in the moment in which its caller was changed.
                case ChannelEvent.Follow(var _, ChannelHandle next) -> follower.redirectSelf(channel -> follow(channel, next, shown));
                case null, default -> { }
            }
            digits.lookAt();
        }
    }

    private static void tellHold(Channel follower, ChannelHandle leader) {
        boolean holds = follower.state() == ChannelState.HELD;
        leader.tell(new ChannelEvent.PartnerHold(holds ? Optional.of(Sounds.holdMusic(follower)) : Optional.empty()));
    }
}
