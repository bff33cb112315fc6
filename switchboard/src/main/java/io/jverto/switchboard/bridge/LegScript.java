package io.jverto.switchboard.bridge;

import io.jverto.base.time.Mailbox;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.LentMedia;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import java.util.Optional;

/// The life of a channel that was called: it rings, is answered, does what its leader wants of it, and ends. While it rings its caller may
/// change.
final class LegScript implements ChannelScript {
    private static final int MAX_DELAY_SECONDS = 3_600;

    private final Endpoint.Device device;
    private final Race race;
    private Leader leader;
    private boolean progress;
    private Optional<LentMedia> early = Optional.empty();

    LegScript(Endpoint.Device device, Leader leader, Race race) {
        this.device = device;
        this.leader = leader;
        this.race = race;
    }

    @Override
    public void run(Channel leg) {
        leg.happenings().happened("originate");
        delay(leg);
        if (!leg.up() || !invite(leg)) {
            return;
        }
        if (!device.tellsProgress()) {
            rings(leg);
        }
        ring(leg);
        if (device instanceof Pickups.Device pickup) {
            pickup.leave(leg);
        }
        early.ifPresent(LentMedia::takeBack);
        if (leg.up() && Confirmation.isWanted(leg)) {
            confirm(leg);
        }
        if (leg.up()) {
            leader.joinedBy(leg);
        }
    }

    private boolean invite(Channel leg) {
        return switch (device) {
            case Loopback.Device loopback -> loopback.connect(leg);
            case Pickups.Device pickup -> {
                pickup.enter(leg);
                yield true;
            }
            default -> leg.invite(device);
        };
    }

    private void delay(Channel leg) {
        long deadline = leg.variables().number("leg_delay_start").filter(seconds -> seconds > 0)
                .map(seconds -> leg.in(Math.min(seconds, MAX_DELAY_SECONDS) * 1_000L)).orElse(0L);
        while (deadline > 0 && leg.up()) {
            Optional<ChannelEvent> event = leg.next(deadline);
            event.ifPresent(one -> onEvent(leg, one));
            deadline = event.isPresent() ? deadline : 0;
        }
    }

    private void rings(Channel leg) {
        progress = true;
        CoreChannelEvents.rings(leg);
        leader.tell(new ChannelEvent.LegRings(leg.id()));
        leg.happenings().happened("ring");
    }

    private void ring(Channel leg) {
        long end = seconds(leg, "leg_timeout");
        long progressEnd = seconds(leg, "leg_progress_timeout");
        while (!leg.state().isAnswered() && leg.up()) {
            boolean waitsForProgress = !progress && progressEnd < end;
            Optional<ChannelEvent> event = leg.next(waitsForProgress ? progressEnd : end);
            event.ifPresent(one -> onEvent(leg, one));
            if (event.isEmpty()) { // no effect when it has ended
                leg.hangup(waitsForProgress ? Cause.PROGRESS_TIMEOUT : Cause.ALLOTTED_TIMEOUT, "the time of this leg is over");
            }
        }
    }

    private static long seconds(Channel leg, String variable) {
        return leg.variables().number(variable).filter(seconds -> seconds > 0).map(seconds -> leg.in(seconds * 1_000L)).orElse(Channel.FOREVER);
    }

    private void onEvent(Channel leg, ChannelEvent event) {
        switch (event) {
            case ChannelEvent.Answer answer -> answered(leg, answer);
            case ChannelEvent.Rings _ when !progress -> rings(leg);
            case ChannelEvent.EarlyMedia sound -> early(leg, sound);
            case ChannelEvent.PickUp(ChannelHandle by, Mailbox<Optional<ChannelHandle>> reply) -> reply.tell(pickedUp(leg, by));
            case ChannelEvent.Follow(var _, ChannelHandle next) -> {
                leader = new ChannelLeader(next);
                leg.follow(next);
            }
            default -> { }
        }
    }

    /// Somebody else takes the call: he has won the race, and talks with the caller himself.
    private Optional<ChannelHandle> pickedUp(Channel leg, ChannelHandle by) {
        if (!(leader instanceof ChannelLeader(ChannelHandle caller)) || !race.claim(by.id())) {
            return Optional.empty();
        }
        caller.tell(new ChannelEvent.LegReplaced(leg.id(), by));
        leg.hangup(Cause.PICKED_OFF, "somebody else takes the call");
        return Optional.of(caller);
    }

    private void early(Channel leg, ChannelEvent.EarlyMedia sound) {
        if (leg.acceptEarly(sound)) {
            progress = true;
            LentMedia lent = new LentMedia(leg.media());
            early = Optional.of(lent);
            leader.tell(new ChannelEvent.LegMedia(leg.id(), lent));
        }
    }

    private void answered(Channel leg, ChannelEvent.Answer answer) {
        boolean confirms = Confirmation.isWanted(leg);
        if (!leg.accept(answer, () -> confirms ? !race.isOver() : race.claim(leg.id()))) {
            return;
        }
        String name = answer.calleeName().isEmpty() ? leg.profile().calleeName() : answer.calleeName();
        String number = answer.calleeNumber().isEmpty() ? leg.profile().calleeNumber() : answer.calleeNumber();
        leg.profile(Profiles.withCallee(leg.profile(), name, number));
    }

    private void confirm(Channel leg) {
        if (Confirmation.cancelsTimeout(leg)) {
            leader.tell(new ChannelEvent.LegConfirms(leg.id()));
        }
        if (Confirmation.of(leg) && !race.claim(leg.id())) {
            leg.hangup(Cause.LOSE_RACE, "somebody else answered");
        }
    }
}
