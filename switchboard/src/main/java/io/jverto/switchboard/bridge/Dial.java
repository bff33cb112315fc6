package io.jverto.switchboard.bridge;

import io.jverto.base.Broken;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Calls whom a dial string names for no other channel: who answers first does what it is given to do (`originate`,
/// dialplan-directory.md sections 11 and 14.1). The dial string's brackets and separators count; values and addresses in it are data.
/// Thread-safe; whoever asks waits.
public final class Dial {
    /// Variables whose first word names what is run.
    private static final Pattern RUNS = Pattern.compile("(execute_on|api_on)_.*|group_confirm_file|exec_after_bridge_app|api_hangup_hook");

    private final ChannelServices services;
    private final Attempts attempts;

    /// @param route finds a channel's way through the dialplan
    public Dial(Channels channels, Endpoints endpoints, ChannelServices services, ChannelScript route) {
        this.services = services;
        this.attempts = new Attempts(channels, services, endpoints, new Loopback(channels, route), (channel, originate) -> {
            throw new Broken("nobody takes over whom nobody calls");
        });
    }

    /// Whom to call, and what then.
    ///
    /// @param callerName what the device shows, empty when unknown
    /// @param then what the channel does once it is answered
    public record Order(String dialString, String callerName, String callerNumber, Duration timeout, ChannelScript then) {}

    /// Lets whoever has ordered a call end it before it is answered. Thread-safe.
    public static final class GivingUp {
        private volatile boolean given;
        private volatile Optional<NoOriginator> calls = Optional.empty();

        public void giveUp() {
            given = true;
            calls.ifPresent(NoOriginator::giveUp);
        }

        private void of(NoOriginator originator) {
            calls = Optional.of(originator);
            if (given) {
                originator.giveUp();
            }
        }
    }

    /// What came of it.
    public sealed interface Result {
        record Answered(ChannelId channel) implements Result {}

        record Failed(Cause cause) implements Result {}
    }

    public Result run(Order order) {
        return run(order, new GivingUp());
    }

    /// @param givingUp tells when nobody is to be called any more
    public Result run(Order order, GivingUp givingUp) {
        CallerProfile from = new CallerProfile(order.callerName(), order.callerNumber(), "", "", "", "default", "XML", "", "", "", "", "",
                "mod_commands", "");
        DialString wanted = asData(DialString.parse(Text.syntax(order.dialString())));
        return call(wanted, from, order.timeout(), order.then(), givingUp);
    }

    /// Calls each leg of what the configuration wrote, in which what callers chose is marked as data.
    ///
    /// @param then what the channel does once it is answered
    public Result run(Text dialString, CallerProfile from, Duration timeout, ChannelScript then) {
        return call(DialString.parse(dialString), from, timeout, then, new GivingUp());
    }

    private Result call(DialString wanted, CallerProfile from, Duration timeout, ChannelScript then, GivingUp givingUp) {
        NoOriginator nobody = new NoOriginator(services, from, then);
        givingUp.of(nobody);
        return switch (attempts.run(nobody, wanted, timeout.toMillis())) {
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered _) -> new Result.Answered(leg.id());
            case Originate.Outcome.Failed(Cause cause, boolean _) -> new Result.Failed(cause);
        };
    }

    /// @return the dial strings between `:_:`, each with the variables of `<...>` in front of all; none when there are none
    public static List<Text> enterprise(Text dialString) {
        Text rest = dialString.trim();
        int close = rest.isSyntax(0, '<') ? rest.indexOf('>', 0) : -1;
        Text common = rest.slice(0, close + 1);
        List<Text> parts = new ArrayList<>();
        int from = close + 1;
        for (int at = from; at <= rest.length(); at++) {
            boolean separates = rest.isSyntax(at, ':') && rest.isSyntax(at + 1, '_') && rest.isSyntax(at + 2, ':');
            if (separates || at == rest.length()) {
                Text part = rest.slice(from, at).trim();
                if (!part.isEmpty()) {
                    parts.add(Text.join(common, part));
                }
                from = at + 3;
                at += separates ? 2 : 0;
            }
        }
        return parts;
    }

    private static DialString asData(DialString written) {
        return new DialString(data(written.variables()), written.parts().stream()
                .map(part -> new DialString.Part(data(part.variables()), part.groups().stream().map(Dial::data).toList()))
                .toList());
    }

    private static List<DialString.Leg> data(List<DialString.Leg> group) {
        return group.stream().map(leg -> new DialString.Leg(data(leg.variables()), address(leg.target()))).toList();
    }

    private static Map<String, Text> data(Map<String, Text> variables) {
        Map<String, Text> data = LegVariables.empty();
        variables.forEach((name, value) -> data.put(name, data(name, value.toString())));
        return data;
    }

    /// Whoever may run this command may name an application.
    private static Text data(String name, String value) {
        if (!RUNS.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            return Text.data(value);
        }
        int end = value.indexOf("::") >= 0 ? value.indexOf("::") + 2 : value.indexOf(' ') + 1;
        int word = end == 0 ? value.length() : end;
        return Text.join(Text.syntax(value.substring(0, word)), Text.data(value.substring(word)));
    }

    /// Only the slash behind the endpoint's name separates, and the plus behind a group's.
    private static Text address(Text target) {
        int slash = target.indexOf('/', 0) + 1;
        String address = target.slice(slash).toString();
        if (target.toString().startsWith("loopback/")) {
            return target; // whoever may run this command may name any extension and application
        }
        int plus = target.toString().startsWith("group/") ? address.lastIndexOf('+') : -1;
        return plus < 0
                ? Text.join(target.slice(0, slash), Text.data(address))
                : Text.join(target.slice(0, slash), Text.join(Text.data(address.substring(0, plus)), Text.syntax(address.substring(plus))));
    }
}
