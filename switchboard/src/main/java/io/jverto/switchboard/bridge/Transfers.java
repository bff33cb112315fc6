package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.BlindTransfer;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.TransferWatch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Sends channels elsewhere and joins them anew: for clients those who talk with their calls (verto-wire.md section 5.9), for operators any
/// (dialplan-directory.md section 14.3). Thread-safe.
public final class Transfers {
    /// For a channel to leave what it does.
    private static final long MEETING_MILLIS = Duration.ofSeconds(5).toMillis();
    private static final String DISPOSITION = "transfer_disposition";

    private final ChannelScript route;
    private final ChannelScript onwards;

    /// @param route finds a channel's way through the dialplan
    /// @param onwards the same for one that has been transferred
    public Transfers(ChannelScript route, ChannelScript onwards) {
        this.route = route;
        this.onwards = onwards;
    }

    /// Blind: whom the call talks with goes to a number.
    public TransferResult blind(ChannelHandle call, String destination) {
        Optional<ChannelHandle> partner = call.partner();
        if (partner.isEmpty()) {
            return TransferResult.NOT_BRIDGED;
        }
        part(call, partner.get());
        call.succession().leaveToPartner(partner.get());
        boolean sent = partner.get().redirect(to(new Destination(destination), "recv_replace"));
        call.hangup(Cause.NORMAL_CLEARING, false);
        return sent ? TransferResult.DONE : TransferResult.FAILED;
    }

    /// The same, and the call goes on with him when he reaches nobody.
    ///
    /// @param variables that he gets; with `nolocal:` in front of the name, that whom he calls on his way gets
    public TransferResult watched(ChannelHandle call, String destination, Map<String, String> variables, TransferWatch watch) {
        return WatchedTransfer.begin(call, to(new Destination(destination), "recv_replace"), variables, watch);
    }

    /// Sends a call to a number; whom it talks with is hung up.
    public TransferResult send(ChannelHandle call, Destination destination) {
        Optional<ChannelHandle> partner = call.partner();
        partner.ifPresent(other -> {
            part(call, other);
            other.succession().leaveToPartner(call);
        });
        boolean sent = call.redirect(to(destination, "recv_replace"));
        partner.ifPresent(other -> other.hangup(Cause.BLIND_TRANSFER, false));
        return sent ? TransferResult.DONE : TransferResult.FAILED;
    }

    /// Sends a call and whom it talks with to one number each.
    public TransferResult sendBoth(ChannelHandle call, Destination destination, Destination partners) {
        Optional<ChannelHandle> partner = call.partner();
        if (partner.isEmpty()) {
            return TransferResult.NOT_BRIDGED;
        }
        part(call, partner.get());
        boolean first = call.redirect(to(destination, "recv_replace"));
        boolean second = partner.get().redirect(to(partners, "recv_replace"));
        return first && second ? TransferResult.DONE : TransferResult.FAILED;
    }

    /// Joins two channels, whatever they do. Whom they talked with goes on as after any talk.
    public TransferResult bridge(ChannelHandle one, ChannelHandle two) {
        boolean already = one.partner().filter(partner -> partner == two).isPresent();
        if (already) {
            return TransferResult.DONE;
        }
        if (!one.redirect(channel -> answered(channel, () -> lead(channel, two)))) {
            return TransferResult.FAILED;
        }
        if (!two.redirect(channel -> answered(channel, () -> Talk.follow(channel, one, Optional.empty())))) {
            one.tell(new ChannelEvent.LegEnded(two.id(), Cause.NORMAL_CLEARING));
            return TransferResult.FAILED;
        }
        return TransferResult.DONE;
    }

    private static void answered(Channel channel, Runnable then) {
        if (channel.answer()) {
            then.run();
        }
    }

    /// Where a channel is sent.
    ///
    /// @param dialplan empty: `force_transfer_dialplan`, else as it was
    /// @param context empty: `force_transfer_context`, else as it was
    public record Destination(String number, String dialplan, String context) {
        public Destination(String number) {
            this(number, "", "");
        }
    }

    /// Attended: whoever the two calls talk with are joined.
    public TransferResult attended(ChannelHandle call, ChannelHandle other) {
        Optional<ChannelHandle> one = call.partner().filter(partner -> partner != other);
        Optional<ChannelHandle> two = other.partner().filter(partner -> partner != call);
        if (one.isPresent() && two.isPresent()) {
            return join(call, other, one.get(), two.get());
        }
        if (one.isPresent()) {
            boolean taken = other.handOver(one.get()) || goTo(one.get(), call, other);
            return taken ? over(call, Cause.NORMAL_CLEARING, other, one.get(), call) : TransferResult.FAILED;
        }
        boolean taken = two.isPresent() && (call.handOver(two.get()) || goTo(two.get(), other, call));
        return taken ? over(call, Cause.ATTENDED_TRANSFER, other, two.get(), other) : TransferResult.FAILED;
    }

    /// The same with one that rings, and who asked hears what comes of it.
    ///
    /// @return NOT_BRIDGED when the other one does not ring, and then nothing has changed
    public TransferResult attendedRinging(ChannelHandle call, ChannelHandle other, TransferWatch watch) {
        return WatchedTransfer.beginRinging(call, other, watch);
    }

    /// Two no longer talk: that one of them goes does not end the other. Each is sent elsewhere or ended next.
    static void part(ChannelHandle one, ChannelHandle other) {
        one.talksWith(Optional.empty());
        other.talksWith(Optional.empty());
    }

    private static TransferResult join(ChannelHandle call, ChannelHandle other, ChannelHandle one, ChannelHandle two) {
        part(call, one);
        part(other, two);
        call.succession().leaveToPartner(one);
        other.succession().leaveToPartner(two);
        other.redirect(channel -> transferred(channel, call.id()));
        boolean ends = call.redirect(channel -> {
            channel.follow(other);
            channel.hangup(Cause.NORMAL_CLEARING, "transferred");
        });
        if (!ends) {
            other.tell(new ChannelEvent.LegEnded(call.id(), Cause.NORMAL_CLEARING));
        }
        return meet(one, two) ? TransferResult.DONE : TransferResult.FAILED;
    }

    /// Joins two who have been parted from those they talked with. If one is gone, the other one ends.
    static boolean meet(ChannelHandle one, ChannelHandle two) {
        return meet(one, two, channel -> leadAfterTransfer(channel, two));
    }

    /// @param leads what the first one does: it waits for the other one and leads
    static boolean meet(ChannelHandle one, ChannelHandle two, ChannelScript leads) {
        if (!one.redirect(leads)) {
            two.hangup(Cause.NORMAL_CLEARING, false);
            return false;
        }
        if (!two.redirect(channel -> Talk.follow(channel, one, Optional.empty()))) {
            one.tell(new ChannelEvent.LegEnded(two.id(), Cause.NORMAL_CLEARING));
            return false;
        }
        return true;
    }

    /// The client hears of the end of the call by which it asked first, then of this one's.
    private static void transferred(Channel channel, ChannelId first) {
        long deadline = channel.in(MEETING_MILLIS);
        Optional<ChannelEvent> event = channel.next(deadline);
        while (event.isPresent() && !(event.get() instanceof ChannelEvent.LegEnded ended && ended.leg().equals(first))) {
            event = channel.next(deadline);
        }
        channel.hangup(Cause.ATTENDED_TRANSFER, "transferred");
    }

    private static void leadAfterTransfer(Channel channel, ChannelHandle other) {
        channel.variables().set("transfer_to", "att:" + other.id().value());
        channel.variables().set(DISPOSITION, Text.syntax("bridge"));
        lead(channel, other);
    }

    /// Waits until the other one is there, and talks with it to the end.
    static void lead(Channel channel, ChannelHandle other) {
        long deadline = channel.in(MEETING_MILLIS);
        Optional<Cause> end = Optional.empty();
        while (end.isEmpty() && channel.up()) {
            end = switch (channel.next(deadline).orElse(null)) {
                case ChannelEvent.LegAnswered how when how.leg().equals(other.id()) -> Optional.of(Talk.lead(channel, other, how));
                case ChannelEvent.LegEnded(ChannelId leg, Cause cause) when leg.equals(other.id()) -> Optional.of(cause);
                case null -> Optional.of(Cause.NORMAL_TEMPORARY_FAILURE);
                default -> Optional.empty();
            };
        }
        if (channel.up()) {
            channel.hangup(end.orElse(Cause.NORMAL_CLEARING), "the other side is gone");
        }
    }

    /// Only one of the calls talks with somebody: he goes to where the other call went.
    private boolean goTo(ChannelHandle partner, ChannelHandle call, ChannelHandle went) {
        Optional<String> destination = went.row().map(ChannelRow::destination).filter(number -> !number.isEmpty());
        if (destination.isEmpty()) {
            return false;
        }
        part(call, partner);
        partner.redirect(to(new Destination(destination.get()), "replaced")); // one that has just ended needs no way
        return true;
    }

    /// @param stays who talked with one of the calls, and has whom the other one rang, or goes where it was
    /// @param talked with that one
    private static TransferResult over(ChannelHandle call, Cause cause, ChannelHandle other, ChannelHandle stays, ChannelHandle talked) {
        talked.succession().leaveToPartner(stays);
        (talked == call ? other : call).succession().leaveToSuccessor(stays);
        call.hangup(cause, false);
        other.hangup(Cause.ATTENDED_TRANSFER, false); // without effect where it handed over whom it rang
        return TransferResult.DONE;
    }

    /// @return what a channel does that was called for nobody: as if its party had dialled that number
    public ChannelScript originated(Destination destination) {
        return channel -> {
            channel.sendOn(destination.number(), destination.dialplan(), destination.context());
            route.run(channel);
        };
    }

    private ChannelScript to(Destination destination, String disposition) {
        return channel -> {
            channel.variables().set(DISPOSITION, Text.syntax(disposition));
            String dialplan = first(destination.dialplan(), channel, "force_transfer_dialplan", channel.profile().dialplan());
            String context = first(destination.context(), channel, "force_transfer_context", channel.profile().context());
            if (BlindTransfer.note(channel, destination.number(), dialplan, context)) {
                channel.sendOn(destination.number(), dialplan, context);
                onwards.run(channel);
            }
        };
    }

    private static String first(String wanted, Channel channel, String variable, String otherwise) {
        return wanted.isEmpty() ? channel.variables().text(variable).orElse(otherwise) : wanted;
    }
}
