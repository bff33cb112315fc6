package io.jverto.sip.call;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.switchboard.port.Cause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a peer ended a call, for those who want to know it (sip.md sections 8 and 19).
///
/// @param ofLeg variables of the channel itself
/// @param ofCaller of the channel for which it was called
/// @param sentTo the number to which the callee sends the caller, where the profile leaves that to the dialplan
/// @param disposition `sip_hangup_disposition`
record PeerEnd(Map<String, String> ofLeg, Map<String, String> ofCaller, Optional<String> sentTo, String disposition) {
    /// Context of callers that a callee sends elsewhere.
    static final String CONTEXT = "redirected";
    private static final int MAX_VALUE = 1_000;

    /// @param answered whether the call was answered
    /// @param followsRedirects whether the profile calls by itself where a callee sends it
    static PeerEnd of(CallEnd end, Cause cause, boolean answered, boolean followsRedirects) {
        return (answered ? Optional.<SipFailure>empty() : SipFailure.of(end, cause))
                .map(how -> failed(end, how, how.status() < 400 && !followsRedirects))
                .orElseGet(() -> new PeerEnd(Map.of(), Map.of(), Optional.empty(), disposition(end)));
    }

    private static PeerEnd failed(CallEnd end, SipFailure how, boolean sent) {
        Map<String, String> ofCaller = new LinkedHashMap<>(how.ofCaller());
        String uris = String.join(", ", end.headers().lines("Contact"));
        if (how.status() < 400 && !uris.isEmpty()) {
            ofCaller.put("sip_redirected_to", uris.substring(0, Math.min(uris.length(), MAX_VALUE)));
        }
        Map<String, String> elsewhere = sent ? Redirection.variables(end) : Map.of();
        ofCaller.putAll(elsewhere);
        Optional<String> sentTo = elsewhere.isEmpty() ? Optional.empty() : Optional.of(elsewhere.getOrDefault("sip_redirect_contact_user_0", ""));
        return new PeerEnd(how.variables(), ofCaller, sentTo, disposition(end));
    }

    private static String disposition(CallEnd end) {
        return switch (end.kind()) {
            case BYE -> "recv_bye";
            case CANCELLED -> "recv_cancel";
            case REFUSED -> "recv_refuse";
            case TIMEOUT, UNREACHABLE, LOCAL, UNACKNOWLEDGED, EXPIRED, GONE -> "send_bye";
        };
    }
}
