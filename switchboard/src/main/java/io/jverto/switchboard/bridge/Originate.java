package io.jverto.switchboard.bridge;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
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
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rings the devices of one group until one answers, all refuse, the time is over or the caller goes. Runs on the thread of whoever waits.
final class Originate {
    private static final Logger log = LoggerFactory.getLogger(Originate.class);
    /// What the reference shows for a callee whom the directory does not name (verto-wire-errata.md section 2).
    private static final String NAMELESS = "Outbound Call";
    private static final int MAX_ID = 256;
    /// For a device that has answered to say so.
    private static final long ANSWER_NANOS = Duration.ofSeconds(5).toNanos();

    private final Originator originator;
    private final ChannelServices services;
    private final Channels channels;
    private final BiConsumer<Channel, Originate> takeOver;
    private final Race race;
    private final Map<ChannelId, ChannelHandle> ringing = new LinkedHashMap<>();
    private long deadlineNanos;
    private Cause last = Cause.DESTINATION_OUT_OF_ORDER;

    /// @param takeOver what another channel does that takes over those who ring
    Originate(Originator originator, ChannelServices services, Channels channels, long deadlineNanos, BiConsumer<Channel, Originate> takeOver) {
        this(originator, services, channels, deadlineNanos, takeOver, new Race());
    }

    private Originate(Originator originator, ChannelServices services, Channels channels, long deadlineNanos,
            BiConsumer<Channel, Originate> takeOver, Race race) {
        this.originator = originator;
        this.services = services;
        this.channels = channels;
        this.deadlineNanos = deadlineNanos;
        this.takeOver = takeOver;
        this.race = race;
    }

    /// What came of it.
    sealed interface Outcome {
        record Answered(ChannelHandle leg, ChannelEvent.LegAnswered how) implements Outcome {}

        record Failed(Cause cause) implements Outcome {}
    }

    Outcome run(List<Target> targets) {
        targets.forEach(this::launch);
        return await();
    }

    /// Waits for an answer of those who ring. Meanwhile another channel may take them over.
    Outcome await() {
        try {
            originator.rings(Optional.of(this::handOver));
            return outcome();
        } finally {
            originator.rings(Optional.empty());
            ringing.values().forEach(leg -> leg.hangup(Cause.NORMAL_TEMPORARY_FAILURE, false)); // only after a bug is there one left
        }
    }

    /// Gives those who ring to another channel; this one's call is over then.
    private boolean handOver(ChannelHandle to) {
        Map<ChannelId, ChannelHandle> legs = Map.copyOf(ringing);
        if (legs.isEmpty() || !to.redirect(channel -> takeOver.accept(channel, resumed(channel, legs)))) {
            return false;
        }
        ringing.clear();
        legs.forEach((id, leg) -> {
            if (!leg.tell(new ChannelEvent.Follow(id, to))) {
                to.tell(new ChannelEvent.LegEnded(id, Cause.NORMAL_TEMPORARY_FAILURE));
            }
        });
        log.info("{}: whom it rings is now for channel {}", originator.name(), LogText.of(to.id()));
        originator.takenOver();
        return true;
    }

    private Originate resumed(Channel channel, Map<ChannelId, ChannelHandle> legs) {
        Originate resumed = new Originate(new ChannelOriginator(channel, true), services, channels, deadlineNanos, takeOver, race);
        resumed.ringing.putAll(legs);
        return resumed;
    }

    private void launch(Target target) {
        switch (target) {
            case Target.Dead(Cause cause, String why) -> {
                last = cause;
                log.info("{}: {}: {}", originator.name(), cause, LogText.of(why));
            }
            case Target.Ring ring -> {
                Channels.Outgoing call = outgoing(ring);
                Optional<ChannelHandle> leg = channels.originate(call, new LegScript(ring.device(), originator.leader(), race));
                leg.ifPresentOrElse(handle -> ringing.put(call.id(), handle), () -> last = Cause.SWITCH_CONGESTION);
                log.info("{}: calls {} as channel {}", originator.name(), LogText.of(ring.device().channelName()), LogText.of(call.id()));
            }
        }
    }

    private Channels.Outgoing outgoing(Target.Ring ring) {
        Map<String, Text> variables = originator.exported();
        Text bond = variables.getOrDefault("signal_bond", Text.EMPTY);
        variables.putAll(ring.variables());
        ring.device().variables().forEach((name, value) -> variables.put(name, Text.data(value)));
        if (!bond.isEmpty()) {
            variables.put("signal_bond", bond);
        }
        ChannelId id = new ChannelId(first(variables, "origination_uuid").filter(text -> text.length() <= MAX_ID)
                .orElseGet(() -> Tokens.uuid(services.random())));
        Optional<String> absolute = first(variables, "absolute_codec_string"); // this and nothing else (media-rtc.md section 3)
        CodecPreferences own = CodecPreferences.decode(absolute.orElse(ring.device().codecs()));
        CodecPreferences codecs = absolute.isPresent()
                ? own
                : originator.codec().map(own::preferring).orElse(own); // the same on both sides needs no transcoding
        return new Channels.Outgoing(id, profile(ring, variables), codecs, variables, originator.leader()::tell);
    }

    private CallerProfile profile(Target.Ring ring, Map<String, Text> variables) {
        CallerProfile from = originator.from();
        Endpoint.Callee callee = ring.device().callee();
        String number = first(variables, "origination_caller_id_number").orElse(from.callerNumber());
        return new CallerProfile(
                first(variables, "origination_caller_id_name").orElse(from.callerName()), number,
                first(variables, "origination_callee_id_name").orElse(callee.name().isEmpty() ? NAMELESS : callee.name()),
                first(variables, "origination_callee_id_number").orElse(callee.number().isEmpty() ? ring.number() : callee.number()),
                ring.number(), first(variables, "user_context").orElse(from.context()), from.dialplan(), "",
                from.ani().isEmpty() ? number : from.ani(), from.aniii(), from.rdnis(),
                ring.device().networkAddress(), from.source(), ring.device().channelName());
    }

    private static Optional<String> first(Map<String, Text> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(Text::toString).filter(value -> !value.isBlank());
    }

    private Outcome outcome() {
        boolean answering = false;
        while (!ringing.isEmpty()) {
            Optional<ChannelEvent> event = originator.next(deadlineNanos);
            if (ringing.isEmpty()) {
                return new Outcome.Failed(last); // handed over
            }
            if (!originator.up()) {
                return cancel(Cause.ORIGINATOR_CANCEL);
            }
            if (event.isEmpty() && (answering || race.close().isEmpty())) {
                return cancel(answering ? Cause.NORMAL_TEMPORARY_FAILURE : Cause.NO_ANSWER);
            }
            if (event.isEmpty()) {
                answering = true; // in this very moment; it says so next
                deadlineNanos = services.time().nanoTime() + ANSWER_NANOS;
            }
            Optional<Outcome> outcome = event.flatMap(this::onEvent);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new Outcome.Failed(last);
    }

    /// Every leg is told; one that had answered in this very moment ends as an answered call does.
    private Outcome cancel(Cause cause) {
        Optional<ChannelId> winner = race.close();
        ringing.forEach((id, leg) -> leg.hangup(winner.filter(id::equals).isPresent() ? Cause.NORMAL_CLEARING : cause, false));
        ringing.clear();
        return new Outcome.Failed(cause);
    }

    private Optional<Outcome> onEvent(ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.LegRings _ -> {
                originator.someoneRings();
                yield Optional.empty();
            }
            case ChannelEvent.LegAnswered answered when ringing.containsKey(answered.leg()) -> {
                ChannelHandle winner = ringing.remove(answered.leg());
                ringing.values().forEach(leg -> leg.hangup(Cause.LOSE_RACE, false));
                ringing.clear();
                yield Optional.of(new Outcome.Answered(winner, answered));
            }
            case ChannelEvent.LegEnded(ChannelId leg, Cause cause) -> {
                last = ringing.remove(leg) != null && cause != Cause.LOSE_RACE ? cause : last;
                yield Optional.empty();
            }
            // a leg of an earlier group, digits that nobody is there to hear, and what the channel does by itself
            default -> Optional.empty();
        };
    }
}
