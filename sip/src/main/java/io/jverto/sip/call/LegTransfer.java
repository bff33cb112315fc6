package io.jverto.sip.call;

import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.dialog.Replaces;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipUri;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.TransferWatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Transfers that the peer of a call asks for (sip.md section 12; RFC 3515, RFC 3891, RFC 5589): whom it talks with goes to a number, or to
/// whom it talks with in another call, of ours or of somebody else. The peer hears how far that gets, and has its call back when it fails.
/// DEVIATION sip-22. Belongs to the SIP thread.
final class LegTransfer {
    private static final int MAX_VALUE = 1_000;
    private static final int UNKNOWN = 487;
    private static final String REFERRED_BY = "Referred-By";
    /// Before the name of a variable that is for whom the transferred party calls alone.
    private static final String FOR_LEGS = "nolocal:";

    private final SipCalls calls;
    private final SipLeg leg;
    private Optional<ReferId> open = Optional.empty();
    /// How far it has got when the call ends: two are joined, or one goes where the other call went, or nobody knows.
    private int ending = UNKNOWN;

    LegTransfer(SipCalls calls, SipLeg leg) {
        this.calls = calls;
        this.leg = leg;
    }

    void onReferred(ReferId refer, NameAddr to, SipRequest request) {
        if (!leg.profile().config().calls().transfers()) {
            refuse(refer, 403);
        } else if (open.isPresent()) {
            refuse(refer, 491);
        } else if (!(to.uri() instanceof SipUri uri)) {
            refuse(refer, 416);
        } else {
            begin(refer, uri, request);
        }
    }

    private void begin(ReferId refer, SipUri to, SipRequest request) {
        Optional<Replaces> replaces = Replaces.inUri(to.headers()).flatMap(Replaces::parse);
        Optional<SipLeg> other = replaces.flatMap(dialog -> own(dialog.callId()));
        boolean malformed = Replaces.inUri(to.headers()).isPresent() && replaces.isEmpty();
        boolean unknown = replaces.isPresent() && other.isEmpty() && leg.profile().isOwn(to.hostPort());
        if (malformed || unknown) {
            calls.count(SipCallCounter.REPLACES_UNKNOWN);
            refuse(refer, malformed ? 400 : 480);
        } else if (other.isEmpty() && to.userText().isEmpty()) {
            refuse(refer, 404);
        } else {
            open = Optional.of(refer);
            ending = other.map(call -> call.isAnswered() ? 200 : 180).orElse(UNKNOWN);
            if (!leg.work(() -> began(refer, other.isPresent() ? calls.control().replace(leg.id(), other.get().id(), new Told(refer))
                    : calls.control().transfer(leg.id(), to.userText(), variables(to, replaces, request), new Told(refer))))) {
                open = Optional.empty();
                refuse(refer, 503);
            }
        }
    }

    /// @return another call of the same peer: it may name no others
    private Optional<SipLeg> own(String callId) {
        return calls.dialog(callId).filter(one -> one != leg && !one.place().isEmpty() && one.place().equals(leg.place()));
    }

    /// @return what whoever is transferred, and whom he calls, know of that
    private static Map<String, String> variables(SipUri to, Optional<Replaces> replaces, SipRequest request) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("sip_refer_to", "<" + to + ">");
        request.headers().first(REFERRED_BY).ifPresent(who -> {
            variables.put("sip_h_" + REFERRED_BY, who);
            variables.put(FOR_LEGS + "sip_h_" + REFERRED_BY, who);
        });
        replaces.ifPresent(dialog -> variables.put(FOR_LEGS + "sip_invite_replaces", dialog.toString()));
        variables.values().removeIf(value -> value.length() > MAX_VALUE);
        return variables;
    }

    /// In the leg's thread.
    private void began(ReferId refer, TransferResult result) {
        if (result == TransferResult.DONE) {
            tell(refer, 100, false);
        } else {
            leg.run((_, _, _) -> {
                open = Optional.empty();
                refuse(refer, result == TransferResult.NOT_BRIDGED ? 403 : 480);
            });
        }
    }

    /// What becomes of a transfer, on the switch's threads.
    private final class Told implements TransferWatch {
        private final ReferId refer;

        Told(ReferId refer) {
            this.refer = refer;
        }

        @Override
        public void rings() {
            tell(refer, 180, false);
        }

        @Override
        public void arrived() {
            tell(refer, 200, true);
        }

        @Override
        public void failed(Cause cause) {
            tell(refer, Causes.status(cause), true);
        }
    }

    /// In any thread. The first of it accepts the REFER: the switch may be faster than whoever asked it.
    private void tell(ReferId refer, int status, boolean over) {
        leg.run((nowNanos, agent, out) -> leg.call().ifPresent(name -> {
            agent.acceptRefer(nowNanos, name, refer, out);
            if (status > 100) {
                agent.notifyRefer(nowNanos, name, refer, status, over, out);
            }
            open = over ? Optional.empty() : open;
        }));
    }

    private void refuse(ReferId refer, int status) {
        calls.count(SipCallCounter.REFER_REFUSED);
        leg.run((nowNanos, agent, out) -> leg.call().ifPresent(name -> agent.refuseRefer(nowNanos, name, refer, status, out)));
    }

    /// The call ends: because two have been joined, or before it is known what comes of the transfer.
    void onEnding(long nowNanos, UserAgent agent, CallId name, CallOutput out) {
        open.ifPresent(refer -> {
            agent.acceptRefer(nowNanos, name, refer, out);
            agent.notifyRefer(nowNanos, name, refer, ending, true, out);
        });
        open = Optional.empty();
    }
}
