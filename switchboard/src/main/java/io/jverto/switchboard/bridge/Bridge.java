package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Calls whom a dial string names and joins the caller with who answers, until one of them goes (dialplan-directory.md sections
/// 11 and 12). Runs on the caller's thread. Leaves out: retries, camp-on, confirmation by key.
public final class Bridge {
    private static final int DEFAULT_TIMEOUT_SECONDS = 60;
    private static final int MAX_TIMEOUT_SECONDS = 86_400;

    private final Channels channels;
    private final Endpoints endpoints;

    public Bridge(Channels channels, Endpoints endpoints) {
        this.channels = channels;
        this.endpoints = endpoints;
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
        return switch (call(caller, DialString.parse(dialString))) {
            case Originate.Outcome.Failed(Cause cause) -> failed(caller, cause);
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered how) -> {
                Cause end = join(caller, leg, how);
                yield after(caller, end);
            }
        };
    }

    /// Takes over whom another channel rings, and ends with the talk or without one.
    private void takeOver(Channel channel, Originate originate) {
        channel.play(Sounds.holdMusic(channel));
        Cause end = switch (originate.await()) {
            case Originate.Outcome.Failed(Cause cause) -> cause;
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered how) -> join(channel, leg, how);
        };
        if (channel.up()) {
            channel.hangup(end, "the other side is gone");
        }
    }

    private Originate.Outcome call(Channel caller, DialString dialString) {
        int seconds = caller.variables().number("call_timeout")
                .or(() -> number(dialString.variables().get("originate_timeout")))
                .filter(value -> value > 0)
                .orElse(DEFAULT_TIMEOUT_SECONDS);
        long deadline = caller.in(Math.min(seconds, MAX_TIMEOUT_SECONDS) * 1_000L);
        Originate.Outcome outcome = new Originate.Outcome.Failed(Cause.DESTINATION_OUT_OF_ORDER);
        Originator originator = new ChannelOriginator(caller, false);
        for (List<DialString.Leg> group : dialString.groups()) {
            List<Target> targets = new Resolver(caller, endpoints).resolve(group, dialString.variables());
            outcome = new Originate(originator, caller.services(), channels, deadline, this::takeOver).run(targets);
            if (outcome instanceof Originate.Outcome.Answered || !caller.up() || caller.in(0) >= deadline) {
                break;
            }
        }
        return outcome;
    }

    private static Optional<Integer> number(@org.jspecify.annotations.Nullable Text text) {
        return Optional.ofNullable(text).map(Text::toString).filter(value -> value.matches("[0-9]{1,6}")).map(Integer::valueOf);
    }

    /// @return why it is over, seen from the caller
    private Cause join(Channel caller, ChannelHandle leg, ChannelEvent.LegAnswered how) {
        try {
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

    private static Result after(Channel caller, Cause cause) {
        caller.variables().set("bridge_hangup_cause", Text.syntax(cause.name()));
        caller.variables().set("last_bridge_hangup_cause", Text.syntax(cause.name()));
        if (!caller.up()) {
            return new Result.GoOn();
        }
        caller.route(new AudioRoute.Silent());
        Optional<Text> transfer = Optional.of(caller.variables().get("transfer_after_bridge")).filter(text -> !text.isEmpty());
        if (transfer.isPresent()) {
            return transfer(transfer.get().split(':'));
        }
        if (caller.variables().isTrue("hangup_after_bridge")) {
            caller.hangup(cause, "the other side hung up");
        }
        return new Result.GoOn();
    }

    /// In the order of dialplan-directory.md section 12.
    private static Result failed(Channel caller, Cause cause) {
        caller.variables().set("originate_disposition", Text.syntax(cause.name()));
        caller.variables().set("originate_failed_cause", Text.syntax(cause.name()));
        caller.variables().set("DIALSTATUS", Text.syntax(dialStatus(cause)));
        if (!caller.up()) {
            return new Result.GoOn();
        }
        if (caller.hasMedia()) {
            caller.route(new AudioRoute.Silent());
        }
        Optional<String> failures = caller.variables().text("failure_causes");
        Optional<String> goOn = caller.variables().text("continue_on_fail");
        boolean lenient = failures.isEmpty() && goOn.isEmpty()
                && (cause == Cause.NO_ANSWER || cause == Cause.NO_USER_RESPONSE || cause == Cause.ORIGINATOR_CANCEL);
        if (lenient || failures.isPresent() && !names(failures.get(), cause)
                || goOn.isPresent() && (caller.variables().isTrue("continue_on_fail") || names(goOn.get(), cause))) {
            return new Result.GoOn();
        }
        return transferOnFail(caller, cause).orElseGet(() -> {
            caller.hangup(cause, "nobody could be reached");
            return new Result.GoOn();
        });
    }

    private static Optional<Result> transferOnFail(Channel caller, Cause cause) {
        List<Text> words = caller.variables().get("transfer_on_fail").trim().split(' ');
        if (words.getFirst().isEmpty() || !names(words.getFirst().toString(), cause)) {
            return Optional.empty();
        }
        List<Text> target = new ArrayList<>(words.subList(1, words.size()));
        if (target.isEmpty() || target.getFirst().toString().equals("auto_cause")) {
            return Optional.of(transfer(List.of(Text.syntax(cause.name()))));
        }
        return Optional.of(transfer(target));
    }

    private static Result transfer(List<Text> words) {
        return new Result.Transfer(words.getFirst(), words.size() > 1 ? words.get(1) : Text.EMPTY, words.size() > 2 ? words.get(2) : Text.EMPTY);
    }

    /// Whether a comma list names the cause, by word or number.
    private static boolean names(String list, Cause cause) {
        for (String item : list.split(",")) {
            if (item.trim().equalsIgnoreCase(cause.name()) || item.trim().equals(String.valueOf(cause.code()))) {
                return true;
            }
        }
        return false;
    }

    private static String dialStatus(Cause cause) {
        return switch (cause) {
            case USER_BUSY -> "BUSY";
            case NO_ANSWER, NO_USER_RESPONSE -> "NOANSWER";
            case ORIGINATOR_CANCEL -> "CANCEL";
            default -> cause.name();
        };
    }
}
