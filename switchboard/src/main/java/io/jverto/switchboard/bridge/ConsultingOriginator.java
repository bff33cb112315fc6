package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.HandsOver;
import io.jverto.switchboard.channel.Party;
import io.jverto.switchboard.channel.Privacy;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.port.CallerProfile;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A channel that calls a third one while its partner waits: it may give up by a key, does so when the partner is gone, and leaves whom it
/// rings to the partner when it goes itself.
final class ConsultingOriginator extends ChannelOriginator {
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final Channel channel;
    private final OnHold partner;
    private final String cancelKeys;
    private Optional<HandsOver> ringing = Optional.empty();
    private boolean givenUp;

    /// @param cancelKeys any of them ends the call
    ConsultingOriginator(Channel channel, OnHold partner, String cancelKeys) {
        super(channel, false);
        this.channel = channel;
        this.partner = partner;
        this.cancelKeys = cancelKeys;
    }

    @Override
    public boolean up() {
        return super.up() && !givenUp && !partner.isGone();
    }

    @Override
    public Optional<ChannelEvent> next(long deadlineNanos) {
        while (up()) {
            Optional<ChannelEvent> event = super.next(Math.min(deadlineNanos, channel.in(LOOK_AGAIN_MILLIS)));
            givenUp = event.isPresent() && event.get() instanceof ChannelEvent.Digit(char digit, int _, var _) && cancelKeys.indexOf(digit) >= 0;
            if (!givenUp && (event.isPresent() || channel.in(0) >= deadlineNanos)) {
                return event;
            }
        }
        if (!channel.up() && !partner.isGone()) {
            ringing.ifPresent(call -> {
                ChannelHandle waiting = partner.handOn();
                channel.handle().succession().leaveToPartner(waiting);
                call.handOver(waiting, UnaryOperator.identity());
            });
        }
        return Optional.empty();
    }

    /// Whoever was called himself calls under his own name, not under that of his caller.
    @Override
    public CallerProfile from() {
        CallerProfile wanted = super.from();
        if (!channel.outbound()) {
            return wanted;
        }
        Party party = channel.party();
        return Privacy.shown(channel, Profiles.withCaller(wanted,
                channel.variables().text("effective_caller_id_name").orElse(party.name()),
                channel.variables().text("effective_caller_id_number").orElse(party.number())));
    }

    @Override
    public void rings(Optional<HandsOver> originate) {
        ringing = originate;
        super.rings(originate);
    }

    @Override
    public void takenOver() {
        if (channel.up()) { // somebody else wanted it; else it has ended, or is on its way elsewhere
            super.takenOver();
        }
    }
}
