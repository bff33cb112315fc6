package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelVariables;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.channel.WayBack;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.TransferWatch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A blind transfer whose outcome somebody waits for (RFC 5589 section 6.1): the call that asked for it stays until whom it talked with has
/// arrived where he was sent, and has him back when nobody is reached there. The fields belong to the thread of whoever was sent.
final class WatchedTransfer implements WayBack {
    private static final String FOR_LEGS = "nolocal:";
    private static final Logger log = LoggerFactory.getLogger(WatchedTransfer.class);
    private static final long ARRIVAL_MILLIS = Duration.ofSeconds(5).toMillis();
    /// Longer than anybody lets a telephone ring.
    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

    private final ChannelHandle call;
    private final ChannelHandle partner;
    /// What whoever is sent does.
    private ChannelScript there;
    private final Map<String, String> variables;
    private final TransferWatch watch;
    private Optional<ChannelVariables> partners = Optional.empty();
    /// Whether the call has left its talk, and whether its partner is on the way back; each is written before the other one is read.
    private volatile boolean waits;
    private volatile boolean returns;
    private boolean rang;
    private boolean parted;
    private boolean settled;

    private WatchedTransfer(ChannelHandle call, ChannelHandle partner, ChannelScript there, Map<String, String> variables, TransferWatch watch) {
        this.variables = variables;
        this.call = call;
        this.partner = partner;
        this.there = there;
        this.watch = watch;
    }

    /// @param there what whoever is sent does
    static TransferResult begin(ChannelHandle call, ChannelScript there, Map<String, String> variables, TransferWatch watch) {
        Optional<ChannelHandle> partner = call.partner();
        if (partner.isEmpty()) {
            return TransferResult.NOT_BRIDGED;
        }
        WatchedTransfer transfer = new WatchedTransfer(call, partner.get(), there, variables, watch);
        Transfers.part(call, partner.get());
        call.succession().leaveToPartner(partner.get());
        call.redirect(transfer::await); // one that has ended wants nobody back
        if (partner.get().redirect(transfer::leave)) {
            return TransferResult.DONE;
        }
        call.hangup(Cause.NORMAL_CLEARING, false);
        return TransferResult.FAILED;
    }

    /// The same to whom another call rings: the one that is sent gets whoever answers.
    ///
    /// @return NOT_BRIDGED when that call rings nobody, and then nothing has changed
    static TransferResult beginRinging(ChannelHandle call, ChannelHandle other, TransferWatch watch) {
        Optional<ChannelHandle> partner = call.partner().filter(one -> one != other);
        if (partner.isEmpty() || other.answered()) {
            return TransferResult.NOT_BRIDGED;
        }
        WatchedTransfer transfer = new WatchedTransfer(call, partner.get(), _ -> { }, Map.of(), watch);
        boolean taken = other.handOver(partner.get(), script -> {
            transfer.there = script;
            transfer.parted = true;
            Transfers.part(call, partner.get());
            call.succession().leaveToPartner(partner.get());
            call.redirect(transfer::await);
            return transfer::leave;
        });
        if (taken) {
            watch.rings();
        } else if (transfer.parted) {
            call.hangup(Cause.NORMAL_CLEARING, false); // whom it talked with has gone in this very moment
        }
        return taken ? TransferResult.DONE : TransferResult.NOT_BRIDGED;
    }

    /// The call that asked for the transfer.
    private void await(Channel channel) {
        waits = true;
        channel.recordings().goOnElsewhere();
        if (returns) {
            partner.tell(new ChannelEvent.Nudged());
        }
        if (channel.hasMedia()) {
            channel.play(Sounds.holdMusic(channel));
        }
        long deadline = channel.in(LONGEST_MILLIS);
        Optional<Cause> end = Optional.empty();
        while (channel.up() && end.isEmpty()) {
            end = switch (channel.next(deadline).orElse(null)) {
                case ChannelEvent.LegAnswered how when how.leg().equals(partner.id()) -> Optional.of(Talk.lead(channel, partner, how));
                // That he has left is told as an end too.
                case ChannelEvent.LegEnded(var leg, Cause cause) when leg.equals(partner.id()) && partner.isOver() -> Optional.of(cause);
                case null -> Optional.of(Cause.NORMAL_TEMPORARY_FAILURE);
                default -> Optional.empty();
            };
        }
        if (channel.up()) {
            channel.hangup(end.orElse(Cause.NORMAL_CLEARING), "whom it transferred is gone");
        }
    }

    /// Whoever is sent.
    private void leave(Channel channel) {
        channel.relatives().wayBack(this);
        partners = Optional.of(channel.variables());
        variables.forEach((name, value) -> {
            if (name.startsWith(FOR_LEGS)) {
                channel.variables().export(name, Text.data(value));
            } else {
                channel.variables().set(name, value);
            }
        });
        try {
            there.run(channel);
        } finally {
            if (!settled) {
                lost(channel);
            }
        }
    }

    /// What was for those whom he called on his way concerns nobody else.
    private void settle() {
        settled = true;
        partners.ifPresent(own -> variables.keySet().stream().filter(name -> name.startsWith(FOR_LEGS)).forEach(name -> own.set(name, Text.EMPTY)));
    }

    /// It has ended on the way, or somebody else has sent it elsewhere.
    private void lost(Channel channel) {
        if (channel.handle().isOver()) {
            settle();
            watch.failed(Cause.ORIGINATOR_CANCEL);
            call.tell(new ChannelEvent.LegEnded(partner.id(), Cause.NORMAL_CLEARING));
        } else {
            arrived();
        }
    }

    @Override
    public void rings() {
        if (!settled && !rang) {
            rang = true;
            watch.rings();
        }
    }

    @Override
    public void arrived() {
        if (!settled) {
            settle();
            watch.arrived();
            call.hangup(Cause.NORMAL_CLEARING, false);
        }
    }

    @Override
    public Optional<ChannelScript> failed(Cause cause) {
        if (settled || partner.isOver()) {
            return Optional.empty();
        }
        settle();
        watch.failed(cause);
        if (call.isOver()) {
            return Optional.empty();
        }
        log.info("channel {}: comes back to channel {}: {}", LogText.of(partner.id()), LogText.of(call.id()), cause);
        returns = true;
        return Optional.of(this::comeBack);
    }

    /// A call that still believes to be in its talk would not take notice.
    private void comeBack(Channel channel) {
        long deadline = channel.in(ARRIVAL_MILLIS);
        while (channel.up() && !waits && !call.isOver() && channel.next(deadline).isPresent()) {
            // until it says so
        }
        Talk.follow(channel, call, Optional.empty());
    }
}
