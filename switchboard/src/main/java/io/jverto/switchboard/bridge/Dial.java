package io.jverto.switchboard.bridge;

import io.jverto.base.Broken;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.ServerScope;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Calls whom a dial string names for no other channel: who answers first does what it is given to do (`originate`,
/// dialplan-directory.md sections 11 and 14.1). The dial string's brackets and separators count; values and addresses in it are data.
/// Thread-safe; whoever asks waits.
public final class Dial {
    private static final BiConsumer<Channel, Originate> NOBODY_TAKES_OVER = (channel, originate) -> {
        throw new Broken("nobody takes over whom nobody calls");
    };

    private final Channels channels;
    private final Endpoints endpoints;
    private final ChannelServices services;

    public Dial(Channels channels, Endpoints endpoints, ChannelServices services) {
        this.channels = channels;
        this.endpoints = endpoints;
        this.services = services;
    }

    /// Whom to call, and what then.
    ///
    /// @param callerName what the device shows, empty when unknown
    /// @param then what the channel does once it is answered
    public record Order(String dialString, String callerName, String callerNumber, Duration timeout, ChannelScript then) {}

    /// What came of it.
    public sealed interface Result {
        record Answered(ChannelId channel) implements Result {}

        record Failed(Cause cause) implements Result {}
    }

    public Result run(Order order) {
        DialString wanted = DialString.parse(Text.syntax(order.dialString()));
        Map<String, Text> variables = data(wanted.variables());
        Duration timeout = seconds(variables.get("originate_timeout")).orElse(order.timeout());
        long deadline = services.time().nanoTime() + timeout.toNanos();
        Result result = new Result.Failed(Cause.DESTINATION_OUT_OF_ORDER);
        for (List<DialString.Leg> group : wanted.groups()) {
            List<DialString.Leg> legs = group.stream().map(leg -> new DialString.Leg(data(leg.variables()), address(leg.target()))).toList();
            List<Target> targets = new Resolver(dialed -> new ServerScope(services, dialed), services.routing(), endpoints).resolve(legs, variables);
            result = result(new Originate(originator(order), services, channels, deadline, NOBODY_TAKES_OVER).run(targets));
            if (result instanceof Result.Answered || services.time().nanoTime() >= deadline) {
                break;
            }
        }
        return result;
    }

    private Originator originator(Order order) {
        CallerProfile from = new CallerProfile(order.callerName(), order.callerNumber(), "", "", "", "default", "XML", "", "", "", "", "",
                "mod_commands", "");
        return new NoOriginator(services.time(), from, order.then());
    }

    private static Result result(Originate.Outcome outcome) {
        return switch (outcome) {
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered _) -> new Result.Answered(leg.id());
            case Originate.Outcome.Failed(Cause cause) -> new Result.Failed(cause);
        };
    }

    private static Map<String, Text> data(Map<String, Text> variables) {
        Map<String, Text> data = LegVariables.empty();
        variables.forEach((name, value) -> data.put(name, Text.data(value.toString())));
        return data;
    }

    /// Only the slash behind the endpoint's name separates.
    private static Text address(Text target) {
        int slash = target.indexOf('/', 0) + 1;
        return Text.join(target.slice(0, slash), Text.data(target.slice(slash).toString()));
    }

    private static Optional<Duration> seconds(@org.jspecify.annotations.Nullable Text text) {
        return Optional.ofNullable(text).map(Text::toString).filter(value -> value.matches("[1-9][0-9]{0,4}"))
                .map(value -> Duration.ofSeconds(Integer.parseInt(value)));
    }
}
