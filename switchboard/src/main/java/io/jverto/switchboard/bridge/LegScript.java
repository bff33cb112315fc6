package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelState;
import io.jverto.switchboard.channel.Party;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import java.util.Optional;

/// The life of a channel that was called: it rings, is answered, talks with its caller, and ends. While it rings its caller may change.
final class LegScript implements ChannelScript {
    private final Endpoint.Device device;
    private final Race race;
    private ChannelHandle caller;

    LegScript(Endpoint.Device device, ChannelHandle caller, Race race) {
        this.device = device;
        this.caller = caller;
        this.race = race;
    }

    @Override
    public void run(Channel leg) {
        if (!leg.invite(device)) {
            return;
        }
        caller.tell(new ChannelEvent.LegRings(leg.id()));
        long deadline = leg.variables().number("leg_timeout").map(seconds -> leg.in(seconds * 1_000L)).orElse(Channel.FOREVER);
        while (leg.state() == ChannelState.RINGING && leg.up()) {
            switch (leg.next(deadline).orElse(null)) {
                case ChannelEvent.Answer answer -> answered(leg, answer);
                case ChannelEvent.Follow(var _, ChannelHandle leader) -> {
                    caller = leader;
                    leg.follow(leader);
                }
                case null -> leg.hangup(Cause.ALLOTTED_TIMEOUT, "nobody answered within leg_timeout"); // no effect when it has ended
                default -> { }
            }
        }
        Talk.follow(leg, caller, Optional.of(new Party(leg.profile().callerName(), leg.profile().callerNumber())));
    }

    private void answered(Channel leg, ChannelEvent.Answer answer) {
        if (!leg.accept(answer, () -> race.claim(leg.id()))) {
            return;
        }
        String name = answer.calleeName().isEmpty() ? leg.profile().calleeName() : answer.calleeName();
        String number = answer.calleeNumber().isEmpty() ? leg.profile().calleeNumber() : answer.calleeNumber();
        leg.profile(Profiles.withCallee(leg.profile(), name, number));
    }
}
