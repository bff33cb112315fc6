package io.jverto.sip.call;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.dialog.OutgoingInvite;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.Endpoint.OutgoingCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Where a call of ours goes: to one address after the other of a host, and to where a callee says instead (RFC 3261 section 8.1.3.4).
/// A callee that was heard is not passed over.
final class OutgoingLeg {
    private static final int MAX_REDIRECTS = 5;

    private final SipCalls calls;
    private final OutgoingCall call;
    private final boolean follows;
    private SofiaTarget target;
    private final Deque<Hop> left = new ArrayDeque<>();
    private Optional<Hop> now = Optional.empty();
    private boolean heard;
    private int redirects;

    OutgoingLeg(SipCalls calls, SofiaTarget target, OutgoingCall call) {
        this.calls = calls;
        this.target = target;
        this.call = call;
        this.follows = !call.variables().getOrDefault("outbound_redirect_fatal", "").equals("true");
    }

    /// @return the channel that is to talk with whom is called; empty when there is none
    Optional<ChannelId> caller() {
        return Optional.ofNullable(call.variables().get("signal_bond")).map(ChannelId::new);
    }

    /// Looks the host up, and sends.
    void find(SipLeg leg) {
        boolean taken = leg.work(() -> {
            List<Hop> hops = target.hops();
            if (hops.isEmpty()) {
                leg.fail(Cause.NETWORK_OUT_OF_ORDER);
                return;
            }
            left.clear();
            left.addAll(hops);
            next(leg);
        });
        if (!taken) {
            leg.fail(Cause.SWITCH_CONGESTION);
        }
    }

    private void next(SipLeg leg) {
        now = Optional.of(left.remove());
        leg.invite(this);
    }

    OutgoingInvite invite() {
        return new InviteWriter(target, call).write(now.orElseThrow());
    }

    void isHeard() {
        heard = true;
    }

    /// @return whether the call is made again elsewhere
    boolean goesOn(SipLeg leg, CallEnd end) {
        boolean unreachable = end.kind() == CallEnd.Kind.UNREACHABLE || end.kind() == CallEnd.Kind.REFUSED && end.status() == 503;
        if (unreachable && !heard && !left.isEmpty()) {
            calls.count(SipCallCounter.NEXT_ADDRESS);
            next(leg);
            return true;
        }
        Optional<SipUri> elsewhere = end.kind() == CallEnd.Kind.REFUSED && end.status() < 400 && follows && redirects < MAX_REDIRECTS
                ? contact(end)
                : Optional.empty();
        elsewhere.ifPresent(uri -> {
            calls.count(SipCallCounter.REDIRECTED);
            redirects++;
            target = target.redirected(uri);
            find(leg);
        });
        return elsewhere.isPresent();
    }

    private static Optional<SipUri> contact(CallEnd end) {
        return end.headers().addresses("Contact").stream()
                .map(NameAddr::uri)
                .filter(SipUri.class::isInstance)
                .map(uri -> ((SipUri) uri).withoutHeaders())
                .findFirst();
    }
}
