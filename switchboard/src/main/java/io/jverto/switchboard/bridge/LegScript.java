package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelState;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;

/// The life of a channel that was called: it rings, is answered, does what its leader wants of it, and ends. While it rings its caller may
/// change.
final class LegScript implements ChannelScript {
    private final Endpoint.Device device;
    private final Race race;
    private Leader leader;

    LegScript(Endpoint.Device device, Leader leader, Race race) {
        this.device = device;
        this.leader = leader;
        this.race = race;
    }

    @Override
    public void run(Channel leg) {
        if (!leg.invite(device)) {
            return;
        }
        CoreChannelEvents.rings(leg);
        leader.tell(new ChannelEvent.LegRings(leg.id()));
        long deadline = leg.variables().number("leg_timeout").map(seconds -> leg.in(seconds * 1_000L)).orElse(Channel.FOREVER);
        while (leg.state() == ChannelState.RINGING && leg.up()) {
            switch (leg.next(deadline).orElse(null)) {
                case ChannelEvent.Answer answer -> answered(leg, answer);
                case ChannelEvent.Follow(var _, ChannelHandle next) -> {
                    leader = new ChannelLeader(next);
                    leg.follow(next);
                }
                case null -> leg.hangup(Cause.ALLOTTED_TIMEOUT, "nobody answered within leg_timeout"); // no effect when it has ended
                default -> { }
            }
        }
        if (leg.up()) {
            leader.joinedBy(leg);
        }
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
