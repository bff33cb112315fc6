package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelState;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import java.util.Optional;

/// The life of a channel that was called: it rings, is answered, passes its digits to its caller, and ends.
final class LegScript implements ChannelScript {
    private final Endpoint.Device device;
    private final ChannelHandle caller;
    private final Race race;

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
            Optional<ChannelEvent> event = leg.next(deadline);
            if (event.isPresent() && event.get() instanceof ChannelEvent.Answer answer) {
                answered(leg, answer);
            } else if (event.isEmpty()) {
                leg.hangup(Cause.ALLOTTED_TIMEOUT, "nobody answered within leg_timeout"); // no effect when it has ended
            }
        }
        while (leg.up()) {
            if (leg.next(Channel.FOREVER).orElse(new ChannelEvent.Wake()) instanceof ChannelEvent.Digit digit) {
                leg.passOn(digit, caller);
            }
        }
    }

    private void answered(Channel leg, ChannelEvent.Answer answer) {
        if (!leg.accept(answer, () -> race.claim(leg.id()))) {
            return;
        }
        String name = answer.calleeName().isEmpty() ? leg.profile().calleeName() : answer.calleeName();
        String number = answer.calleeNumber().isEmpty() ? leg.profile().calleeNumber() : answer.calleeNumber();
        leg.profile(Profiles.withCallee(leg.profile(), name, number));
        if (!caller.tell(new ChannelEvent.LegAnswered(leg.id(), leg.media(), leg.profile()))) {
            leg.hangup(Cause.NORMAL_CLEARING, "its caller is gone");
        }
    }
}
