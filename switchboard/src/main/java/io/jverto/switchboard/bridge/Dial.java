package io.jverto.switchboard.bridge;

import io.jverto.base.id.Tokens;
import io.jverto.base.time.Mailbox;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.ChannelState;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.channel.ServerScope;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.Endpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls whom a dial string names for no other channel: who answers first does what it is given to do (`originate`,
/// dialplan-directory.md sections 11 and 14.1). The dial string's brackets and separators count; values and addresses in it are data.
/// Thread-safe; whoever asks waits.
public final class Dial {
    private static final Logger log = LoggerFactory.getLogger(Dial.class);
    private static final int MAX_ID = 256;
    private static final int MAILBOX = 512;
    /// For a device that has answered to say so.
    private static final long ANSWER_NANOS = Duration.ofSeconds(5).toNanos();

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
            result = new Attempt(order, deadline).run(targets);
            if (result instanceof Result.Answered || services.time().nanoTime() >= deadline) {
                break;
            }
        }
        return result;
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

    /// One group that rings together.
    private final class Attempt {
        private final Order order;
        private final long deadlineNanos;
        private final Race race = new Race();
        private final Mailbox<ChannelEvent> mailbox = services.time().mailbox(MAILBOX);
        private final Mailbox<ChannelId> winner = services.time().mailbox(1);
        private final Map<ChannelId, ChannelHandle> ringing = new LinkedHashMap<>();
        private Cause last = Cause.DESTINATION_OUT_OF_ORDER;

        Attempt(Order order, long deadlineNanos) {
            this.order = order;
            this.deadlineNanos = deadlineNanos;
        }

        Result run(List<Target> targets) {
            targets.forEach(this::launch);
            while (!ringing.isEmpty()) {
                Optional<ChannelEvent> event = mailbox.await(deadlineNanos);
                if (event.isEmpty()) {
                    return timeUp();
                }
                if (event.get() instanceof ChannelEvent.LegEnded(ChannelId leg, Cause cause)) {
                    last = ringing.remove(leg) != null && cause != Cause.LOSE_RACE ? cause : last;
                } else {
                    return answered();
                }
            }
            return new Result.Failed(last);
        }

        private void launch(Target target) {
            switch (target) {
                case Target.Dead(Cause cause, String why) -> {
                    last = cause;
                    log.info("originate: {}: {}", cause, LogText.of(why));
                }
                case Target.Ring ring -> {
                    Channels.Outgoing call = outgoing(ring);
                    channels.originate(call, leg -> live(leg, ring.device()))
                            .ifPresentOrElse(handle -> ringing.put(call.id(), handle), () -> last = Cause.SWITCH_CONGESTION);
                    log.info("originate: calls {} as channel {}", LogText.of(ring.device().channelName()), LogText.of(call.id()));
                }
            }
        }

        private Channels.Outgoing outgoing(Target.Ring ring) {
            Map<String, Text> variables = ring.variables();
            ChannelId id = new ChannelId(first(variables, "origination_uuid").filter(text -> text.length() <= MAX_ID)
                    .orElseGet(() -> Tokens.uuid(services.random())));
            CodecPreferences codecs = CodecPreferences.decode(first(variables, "absolute_codec_string").orElse(ring.device().codecs()));
            return new Channels.Outgoing(id, profile(ring, variables), codecs, variables, mailbox::tell);
        }

        private CallerProfile profile(Target.Ring ring, Map<String, Text> variables) {
            Endpoint.Callee callee = ring.device().callee();
            String number = first(variables, "origination_caller_id_number").orElse(order.callerNumber());
            return new CallerProfile(
                    first(variables, "origination_caller_id_name").orElse(order.callerName()), number,
                    first(variables, "origination_callee_id_name").orElse(callee.name().isEmpty() ? Originate.NAMELESS : callee.name()),
                    first(variables, "origination_callee_id_number").orElse(callee.number().isEmpty() ? ring.number() : callee.number()),
                    ring.number(), first(variables, "user_context").orElse("default"), "XML", "", number, "", "",
                    ring.device().networkAddress(), "mod_commands", ring.device().channelName());
        }

        private static Optional<String> first(Map<String, Text> variables, String name) {
            return Optional.ofNullable(variables.get(name)).map(Text::toString).filter(value -> !value.isBlank());
        }

        /// The life of a channel that rings: on its own thread.
        private void live(Channel leg, Endpoint.Device device) {
            if (!leg.invite(device)) {
                return;
            }
            long deadline = leg.variables().number("leg_timeout").map(seconds -> leg.in(seconds * 1_000L)).orElse(Channel.FOREVER);
            while (leg.state() == ChannelState.RINGING && leg.up()) {
                switch (leg.next(deadline).orElse(null)) {
                    case ChannelEvent.Answer answer -> accept(leg, answer);
                    case null -> leg.hangup(Cause.ALLOTTED_TIMEOUT, "nobody answered within leg_timeout"); // no effect when it has ended
                    default -> { }
                }
            }
            if (leg.up()) {
                order.then().run(leg);
            }
        }

        private void accept(Channel leg, ChannelEvent.Answer answer) {
            if (leg.accept(answer, () -> race.claim(leg.id()))) {
                CallerProfile profile = leg.profile();
                leg.profile(Profiles.withCallee(profile,
                        answer.calleeName().isEmpty() ? profile.calleeName() : answer.calleeName(),
                        answer.calleeNumber().isEmpty() ? profile.calleeNumber() : answer.calleeNumber()));
                winner.tell(leg.id());
                mailbox.tell(new ChannelEvent.Wake());
            }
        }

        private Result answered() {
            Optional<ChannelId> id = winner.await(services.time().nanoTime() + ANSWER_NANOS);
            id.ifPresent(ringing::remove);
            ringing.values().forEach(leg -> leg.hangup(Cause.LOSE_RACE, false));
            return id.<Result>map(Result.Answered::new).orElseGet(() -> new Result.Failed(Cause.NORMAL_TEMPORARY_FAILURE));
        }

        /// One that answers in this very moment has the call.
        private Result timeUp() {
            if (race.close().isPresent()) {
                return answered();
            }
            ringing.values().forEach(leg -> leg.hangup(Cause.NO_ANSWER, false));
            return new Result.Failed(Cause.NO_ANSWER);
        }
    }
}
