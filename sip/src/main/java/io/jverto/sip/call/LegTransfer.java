package io.jverto.sip.call;

import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipUri;
import io.jverto.switchboard.port.CallControl.TransferResult;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Transfers that the peer of a call asks for (sip.md section 12; RFC 3515, RFC 3891): whom it talks with goes to a number, or to whom it
/// talks with in another call. DEVIATION sip-22: the peer is told when that has begun, not what came of it. Belongs to the SIP thread.
final class LegTransfer {
    private static final String REPLACES = "replaces=";

    private final SipCalls calls;
    private final SipLeg leg;
    private Optional<ReferId> open = Optional.empty();

    LegTransfer(SipCalls calls, SipLeg leg) {
        this.calls = calls;
        this.leg = leg;
    }

    void onReferred(ReferId refer, NameAddr to) {
        if (!leg.profile().config().calls().transfers()) {
            refuse(refer, 403);
        } else if (open.isPresent()) {
            refuse(refer, 491);
        } else if (!(to.uri() instanceof SipUri uri)) {
            refuse(refer, 416);
        } else {
            begin(refer, uri);
        }
    }

    private void begin(ReferId refer, SipUri to) {
        Optional<String> replaced = replaced(to.headers());
        open = Optional.of(refer);
        boolean taken = leg.work(() -> {
            TransferResult result = replaced.isPresent() ? attended(replaced.get()) : calls.control().transfer(leg.id(), to.userText());
            if (result != TransferResult.DONE) {
                leg.run((nowNanos, agent, out) -> {
                    open = Optional.empty();
                    refuse(refer, result == TransferResult.NOT_BRIDGED ? 403 : 480);
                });
            }
        });
        if (!taken) {
            open = Optional.empty();
            refuse(refer, 503);
        }
    }

    /// @return Call-ID of the dialog to be replaced
    private static Optional<String> replaced(String headers) {
        return Arrays.stream(headers.split("&"))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(REPLACES))
                .flatMap(header -> decoded(header.substring(REPLACES.length())).stream())
                .map(value -> value.split(";", 2)[0].strip())
                .filter(callId -> !callId.isEmpty())
                .findFirst();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) { // its only way of saying no
            return Optional.empty();
        }
    }

    /// In the leg's thread. A peer may only name a call of its own.
    private TransferResult attended(String callId) {
        Optional<SipLeg> other = calls.dialog(callId).filter(one -> one != leg && !one.place().isEmpty() && one.place().equals(leg.place()));
        if (other.isEmpty()) {
            calls.count(SipCallCounter.REPLACES_UNKNOWN);
            return TransferResult.FAILED;
        }
        return calls.control().replace(leg.id(), other.get().id());
    }

    private void refuse(ReferId refer, int status) {
        calls.count(SipCallCounter.REFER_REFUSED);
        leg.run((nowNanos, agent, out) -> leg.call().ifPresent(name -> agent.refuseRefer(nowNanos, name, refer, status, out)));
    }

    /// The call ends: by the transfer, if there is one.
    void onEnding(long nowNanos, UserAgent agent, CallId name, CallOutput out) {
        open.ifPresent(refer -> {
            agent.acceptRefer(nowNanos, name, refer, out);
            agent.notifyRefer(nowNanos, name, refer, 200, true, out);
        });
        open = Optional.empty();
    }
}
