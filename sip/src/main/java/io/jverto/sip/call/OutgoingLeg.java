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
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where a call of ours goes: to one address after the other of a host, and to where a callee says instead (RFC 3261 section 8.1.3.4), one after the
/// other and none twice. A callee that was heard is not passed over.
final class OutgoingLeg {
    private static final int MAX_REDIRECTS = 5;

    private final SipCalls calls;
    private final OutgoingCall call;
    private final boolean follows;
    private SofiaTarget target;
    private final Deque<Hop> left = new ArrayDeque<>();
    private Optional<Hop> now = Optional.empty();
    private boolean heard;
    /// Where callees said that others are, and have not been called yet.
    private final Deque<SipUri> elsewhere = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private int redirects;

    OutgoingLeg(SipCalls calls, SofiaTarget target, OutgoingCall call) {
        this.calls = calls;
        this.target = target;
        this.seen.add(target.uri().toString());
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
        return new InviteWriter(target, call, calls.random()).write(now.orElseThrow());
    }

    void isHeard() {
        heard = true;
    }

    /// @return whether the call is made again elsewhere
    boolean goesOn(SipLeg leg, CallEnd end) {
        // RFC 3263 section 4.3
        boolean unreachable = end.kind() == CallEnd.Kind.UNREACHABLE || end.kind() == CallEnd.Kind.TIMEOUT
                || end.kind() == CallEnd.Kind.REFUSED && end.status() == 503;
        if (unreachable && !heard && !left.isEmpty()) {
            calls.count(SipCallCounter.NEXT_ADDRESS);
            next(leg);
            return true;
        }
        if (end.kind() == CallEnd.Kind.REFUSED && end.status() < 400 && follows) {
            contacts(end).filter(uri -> !seen.contains(uri.toString())).limit(MAX_REDIRECTS).forEach(elsewhere::add);
        }
        boolean other = (end.kind() == CallEnd.Kind.REFUSED && end.status() < 600 || unreachable)
                && !elsewhere.isEmpty() && redirects < MAX_REDIRECTS;
        if (other) {
            calls.count(SipCallCounter.REDIRECTED);
            redirects++;
            SipUri uri = elsewhere.remove();
            seen.add(uri.toString());
            target = target.redirected(uri);
            heard = false;
            find(leg);
        }
        return other;
    }

    /// @return whom else to try, the preferred ones first
    private static Stream<SipUri> contacts(CallEnd end) {
        return end.headers().addresses("Contact").stream()
                .filter(contact -> contact.uri() instanceof SipUri)
                .sorted(Comparator.comparingDouble(OutgoingLeg::preference).reversed())
                .map(contact -> ((SipUri) contact.uri()).withoutHeaders());
    }

    /// RFC 3261 section 20.10: between 0 and 1, which it is when nothing is said.
    private static double preference(NameAddr contact) {
        return contact.params().get("q").filter(text -> text.matches("[01](\\.[0-9]{1,3})?")).map(Double::valueOf).orElse(1.0);
    }
}
