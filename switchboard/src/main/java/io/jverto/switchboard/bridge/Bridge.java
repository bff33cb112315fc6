package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Calls whom a dial string names and joins the caller with who answers, until one of them goes (dialplan-directory.md sections
/// 11 and 12). Runs on the caller's thread.
public final class Bridge {
    /// How long somebody may do something else before he comes to talk, for instance hear an announcement.
    private static final long FETCH_MILLIS = Duration.ofMinutes(2).toMillis();

    /// Until the other side of a talk that goes on is there: only its thread has to begin.
    private static final long RETURN_MILLIS = Duration.ofSeconds(10).toMillis();

    private final Attempts attempts;

    /// @param route finds a channel's way through the dialplan
    public Bridge(Channels channels, ChannelServices services, Endpoints endpoints, ChannelScript route) {
        this.attempts = new Attempts(channels, services, endpoints, new Loopback(channels, route), this::takeOver);
    }

    /// What the dialplan does next.
    public sealed interface Result {
        /// The next action, if the channel is still up.
        record GoOn() implements Result {}

        /// Another route; empty text means: as it was.
        record Transfer(Text destination, Text dialplan, Text context) implements Result {}
    }

    public Result run(Channel caller, Text dialString) {
        Optional<String> ringback = caller.variables().text("ringback");
        if (ringback.isPresent() && !caller.prepare()) {
            return new Result.GoOn(); // a caller who cannot hear it rings nobody
        }
        DialString parsed = DialString.parse(dialString);
        Optional<Result.Transfer> onward = BowOut.onExecute(caller, parsed);
        if (onward.isPresent()) {
            return onward.get();
        }
        caller.variables().set(AfterBridge.EARLY, Text.syntax("false"));
        caller.happenings().happened("pre_originate");
        Campon campon = new Campon(caller, timeout -> attempts.run(new ChannelOriginator(caller, false), parsed, timeout));
        Originate.Outcome outcome = campon.call();
        caller.happenings().happened("post_originate");
        return switch (outcome) {
            case Originate.Outcome.Failed failed -> campon.fallback().orElseGet(() -> AfterBridge.failed(caller, failed));
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered how) -> {
                Cause end = join(caller, leg, how);
                yield AfterBridge.ended(caller, end);
            }
        };
    }

    /// What came of [#invite].
    public sealed interface Invited {
        record Came(ChannelHandle leg) implements Invited {}

        record Failed(Cause cause) implements Invited {}
    }

    /// Calls whom a dial string names for a channel that is not to talk with him by itself.
    ///
    /// @param then what whoever answers does, on his own thread
    public Invited invite(Channel caller, Text dialString, Duration timeout, ChannelScript then) {
        return switch (attempts.run(new RoomOriginator(caller, then), DialString.parse(dialString), timeout.toMillis())) {
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered _) -> new Invited.Came(leg);
            case Originate.Outcome.Failed(Cause cause, boolean _) -> new Invited.Failed(cause);
        };
    }

    /// Begins an attended transfer to whom a dial string names, of whoever the channel talks with. On the channel's thread.
    ///
    /// @return false when it talks with nobody
    public boolean attend(Channel channel, Text dialString) {
        return AttendedTransfer.begin(channel, attempts, DialString.parse(dialString));
    }

    /// Somebody who is to leave what he does for a talk.
    ///
    /// @param before what he does first, on his thread
    /// @param after the talk, on his thread
    /// @param keys of the other one's party that end the talk
    public record Fetched(Consumer<Channel> before, Consumer<Channel> after, String keys) {}

    /// Talks with a channel that does something else now, until one of the two goes; that is the other one's end. On the leader's thread.
    ///
    /// @return false when the other one does not come: it has gone, or somebody else was faster
    public boolean fetch(Channel leader, ChannelHandle other, Fetched how) {
        ChannelHandle self = leader.handle();
        ChannelScript coming = channel -> {
            how.before().accept(channel);
            Talk.follow(channel, self, Optional.empty());
            how.after().accept(channel);
        };
        return Meeting.lead(leader, other, coming, Steering.until(how.keys()), FETCH_MILLIS).isPresent();
    }

    /// Goes on with a talk that was there before the server was started again, as its leader; see [#follow].
    public Result resume(Channel leader, Optional<ChannelHandle> follower) {
        Cause end = Cause.NORMAL_TEMPORARY_FAILURE;
        if (follower.isPresent()) {
            try {
                end = Meeting.await(leader, follower.get(), Steering.NONE, RETURN_MILLIS).orElse(end);
            } finally {
                follower.get().release(leader.handle(), Cause.NORMAL_CLEARING);
            }
        }
        return AfterBridge.ended(leader, end);
    }

    /// The same as its follower.
    public void follow(Channel follower, ChannelHandle leader) {
        Talk.follow(follower, leader, Optional.empty());
    }

    /// Takes over whom another channel rings, and ends with the talk or without one.
    private void takeOver(Channel channel, Originate originate) {
        channel.play(Sounds.holdMusic(channel));
        Cause end = switch (originate.await()) {
            case Originate.Outcome.Failed(Cause cause, boolean _) -> cause;
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered how) -> join(channel, leg, how);
        };
        if (channel.up()) {
            channel.hangup(end, "the other side is gone");
        }
    }

    /// @return why it is over, seen from the caller
    private static Cause join(Channel caller, ChannelHandle leg, ChannelEvent.LegAnswered how) {
        try {
            imports(caller, how);
            caller.video().meets(leg);
            if (!caller.answer()) {
                return Cause.NORMAL_CLEARING;
            }
            caller.variables().set("originate_disposition", Text.syntax("SUCCESS"));
            caller.variables().set("DIALSTATUS", Text.syntax("SUCCESS"));
            caller.variables().set("last_bridge_to", leg.id().value());
            return Talk.lead(caller, leg, how);
        } finally {
            leg.release(caller.handle(), Cause.NORMAL_CLEARING);
        }
    }

    /// `import`: names of variables that the caller gets from whoever answers.
    private static void imports(Channel caller, ChannelEvent.LegAnswered how) {
        caller.variables().text("import").ifPresent(names -> {
            for (String name : names.split(",")) {
                Text value = how.facts().variables().getOrDefault(name.trim(), Text.EMPTY);
                if (!value.isEmpty()) {
                    caller.variables().set(name.trim(), value);
                }
            }
        });
    }
}
