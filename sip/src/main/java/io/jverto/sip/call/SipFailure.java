package io.jverto.sip.call;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.message.StatusText;
import io.jverto.switchboard.port.Cause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// That a call was not answered, in the terms of SIP: what the variables of both legs say of it (sip.md sections 8 and 19).
///
/// @param status 300 and above
/// @param phrase of the peer, or else the usual one
/// @param made whether the call was ours
record SipFailure(int status, String phrase, Cause cause, boolean made) {
    /// @param end of a call that was not answered
    /// @return empty when no status stands for it
    static Optional<SipFailure> of(CallEnd end, Cause cause) {
        return switch (end.kind()) {
            case REFUSED -> Optional.of(failed(end.status(), end.phrase(), cause, true));
            case TIMEOUT -> Optional.of(failed(408, "", cause, true)); // RFC 3261 section 8.1.3.1
            case UNREACHABLE -> Optional.of(failed(503, "", cause, true));
            case CANCELLED -> Optional.of(failed(end.status(), "", cause, false));
            case LOCAL, BYE, UNACKNOWLEDGED, EXPIRED, GONE -> Optional.empty();
        };
    }

    private static SipFailure failed(int status, String phrase, Cause cause, boolean made) {
        return new SipFailure(status, phrase.isEmpty() ? StatusText.of(status) : phrase, cause, made);
    }

    /// @return of the leg itself
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("sip_term_status", Integer.toString(status));
        variables.put("sip_term_cause", Integer.toString(cause.code()));
        if (made) {
            variables.put("sip_invite_failure_status", Integer.toString(status));
            variables.put("sip_invite_failure_phrase", phrase);
        }
        return variables;
    }

    /// @return of the channel for which the leg was called; of several legs the last one's stay
    Map<String, String> ofCaller() {
        Map<String, String> variables = variables();
        variables.remove("sip_term_cause"); // its own end has a cause of its own
        variables.put("last_bridge_proto_specific_hangup_cause", "sip:" + status);
        return variables;
    }
}
