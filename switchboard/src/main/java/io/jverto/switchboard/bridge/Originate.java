package io.jverto.switchboard.bridge;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rings the devices of one group until one answers, all refuse, the time is over or the caller goes. Runs on the caller's thread.
final class Originate {
    private static final Logger log = LoggerFactory.getLogger(Originate.class);
    /// What the reference shows for a callee whom the directory does not name (verto-wire-errata.md section 2).
    static final String NAMELESS = "Outbound Call";

    private final Channel caller;
    private final Channels channels;
    private final long deadlineNanos;
    private final BiConsumer<Channel, Originate> takeOver;
    private final Race race;
    private final Map<ChannelId, ChannelHandle> ringing = new LinkedHashMap<>();
    private boolean ringback;
    private Cause last = Cause.DESTINATION_OUT_OF_ORDER;

    /// @param takeOver what another channel does that takes over those who ring
    Originate(Channel caller, Channels channels, long deadlineNanos, BiConsumer<Channel, Originate> takeOver) {
        this(caller, channels, deadlineNanos, takeOver, new Race());
    }

    private Originate(Channel caller, Channels channels, long deadlineNanos, BiConsumer<Channel, Originate> takeOver, Race race) {
        this.caller = caller;
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
            caller.rings(Optional.of(this::handOver));
            return outcome();
        } finally {
            caller.rings(Optional.empty());
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
        log.info("channel {}: whom it rings is now for channel {}", caller.logId(), LogText.of(to.id()));
        caller.hangup(Cause.NORMAL_CLEARING, "somebody else takes over whom it rings");
        return true;
    }

    private Originate resumed(Channel channel, Map<ChannelId, ChannelHandle> legs) {
        Originate resumed = new Originate(channel, channels, deadlineNanos, takeOver, race);
        resumed.ringing.putAll(legs);
        resumed.ringback = true;
        return resumed;
    }

    private void launch(Target target) {
        switch (target) {
            case Target.Dead(Cause cause, String why) -> {
                last = cause;
                log.info("channel {}: {}: {}", caller.logId(), cause, LogText.of(why));
            }
            case Target.Ring ring -> {
                Channels.Outgoing call = outgoing(ring);
                Optional<ChannelHandle> leg = channels.originate(call, new LegScript(ring.device(), caller.handle(), race));
                leg.ifPresentOrElse(handle -> ringing.put(call.id(), handle), () -> last = Cause.SWITCH_CONGESTION);
                log.info("channel {}: calls {} as channel {}", caller.logId(), LogText.of(ring.device().channelName()), LogText.of(call.id()));
            }
        }
    }

    private Channels.Outgoing outgoing(Target.Ring ring) {
        Map<String, Text> variables = caller.variables().exported();
        variables.putAll(ring.variables());
        ring.device().variables().forEach((name, value) -> variables.put(name, Text.data(value)));
        variables.put("signal_bond", Text.data(caller.id().value()));
        ChannelId id = new ChannelId(first(variables, "origination_uuid").orElseGet(() -> Tokens.uuid(caller.services().random())));
        CodecPreferences own = CodecPreferences.decode(first(variables, "absolute_codec_string").orElse(ring.device().codecs()));
        CodecPreferences codecs = caller.codec().map(own::preferring).orElse(own); // the same on both sides needs no transcoding
        return new Channels.Outgoing(id, profile(ring, variables), codecs, variables, caller.handle()::tell);
    }

    private CallerProfile profile(Target.Ring ring, Map<String, Text> variables) {
        CallerProfile from = caller.profile();
        String callerName = first(variables, "origination_caller_id_name")
                .or(() -> caller.variables().text("effective_caller_id_name")).orElse(from.callerName());
        String callerNumber = first(variables, "origination_caller_id_number")
                .or(() -> caller.variables().text("effective_caller_id_number")).orElse(from.callerNumber());
        String calleeName = first(variables, "origination_callee_id_name").orElse(ring.device().callee().name());
        String calleeNumber = first(variables, "origination_callee_id_number").orElse(ring.device().callee().number());
        return new CallerProfile(callerName, callerNumber, calleeName.isEmpty() ? NAMELESS : calleeName,
                calleeNumber.isEmpty() ? ring.number() : calleeNumber, ring.number(),
                first(variables, "user_context").orElse(from.context()), from.dialplan(), "", from.ani(), from.aniii(), from.rdnis(),
                ring.device().networkAddress(), from.source(), ring.device().channelName());
    }

    private static Optional<String> first(Map<String, Text> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(Text::toString).filter(value -> !value.isBlank());
    }

    private Outcome outcome() {
        while (!ringing.isEmpty()) {
            Optional<ChannelEvent> event = caller.next(deadlineNanos);
            if (ringing.isEmpty()) {
                return new Outcome.Failed(last); // handed over
            }
            if (!caller.up()) {
                return cancel(Cause.ORIGINATOR_CANCEL);
            }
            if (event.isEmpty() && race.close().isEmpty()) {
                return cancel(Cause.NO_ANSWER);
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
                startRingback();
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
            case ChannelEvent.LegAnswered _, ChannelEvent.Digit _, ChannelEvent.PartnerDigit _, ChannelEvent.PlaybackEnded _, ChannelEvent.RecordingEnded _,
                    ChannelEvent.Wake _, ChannelEvent.MediaUp _, ChannelEvent.MediaFailed _, ChannelEvent.Meets _, ChannelEvent.Hold _, ChannelEvent.PartnerHold _,
                    ChannelEvent.HandOver _, ChannelEvent.Follow _, ChannelEvent.Visit _, ChannelEvent.Interlude _,
                    ChannelEvent.Says _, ChannelEvent.Hears _, ChannelEvent.Changed _,
                    ChannelEvent.Answer _, ChannelEvent.Talking _, ChannelEvent.Reoffer _, ChannelEvent.Reattach _, ChannelEvent.Reattached _,
                    ChannelEvent.Update _, ChannelEvent.Candidates _ -> Optional.empty();
        };
    }

    /// The caller hears ringing as soon as somebody rings: old clients give up after 30 s without any (verto-wire.md section 5.6).
    private void startRingback() {
        boolean answered = caller.state().isAnswered();
        Text transfer = answered ? caller.variables().get("transfer_ringback") : Text.EMPTY;
        Text sound = transfer.isEmpty() ? caller.variables().get("ringback") : transfer;
        if (!ringback && !sound.isEmpty() && caller.preAnswer()) {
            ringback = true;
            Sounds.ringback(caller, sound).ifPresentOrElse(
                    caller::play,
                    () -> log.warn("channel {}: ringback {} cannot be played", caller.logId(), LogText.of(sound)));
        }
    }
}
