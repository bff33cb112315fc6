package io.jverto.sip.call;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.message.Headers;
import io.jverto.switchboard.port.Cause;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Causes of the switch as statuses of SIP and back, and the Reason header (sip.md section 15; RFC 3326). Stateless.
final class Causes {
    private static final Pattern REASON = Pattern.compile("(?:^|,)\\s*(Q\\.850|FreeSWITCH)\\s*;[^,]*?\\bcause=([0-9]{1,3})\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ELSEWHERE = Pattern.compile("(?:^|,)\\s*SIP\\s*;[^,]*?\\bcause=200\\b", Pattern.CASE_INSENSITIVE);
    private static final int LAST_OF_Q850 = 127;

    private Causes() {}

    /// @return the status that refuses a call for that cause
    static int status(Cause cause) {
        return switch (cause) {
            case UNALLOCATED_NUMBER, NO_ROUTE_TRANSIT_NET, NO_ROUTE_DESTINATION -> 404;
            case USER_BUSY -> 486;
            case NO_USER_RESPONSE -> 408;
            case CALL_REJECTED, DECLINE, REJECT_ALL -> 603;
            case NUMBER_CHANGED, REDIRECTION_TO_NEW_DESTINATION -> 410;
            case DESTINATION_OUT_OF_ORDER, INVALID_PROFILE -> 502;
            case INVALID_NUMBER_FORMAT, INVALID_URL, INVALID_GATEWAY -> 484;
            case FACILITY_REJECTED, FACILITY_NOT_IMPLEMENTED, SERVICE_NOT_IMPLEMENTED -> 501;
            case REQUESTED_CHAN_UNAVAIL, NORMAL_CIRCUIT_CONGESTION, NETWORK_OUT_OF_ORDER, NORMAL_TEMPORARY_FAILURE, SWITCH_CONGESTION, GATEWAY_DOWN,
                    BEARERCAPABILITY_NOTAVAIL -> 503;
            case OUTGOING_CALL_BARRED, INCOMING_CALL_BARRED, BEARERCAPABILITY_NOTAUTH, STALE_DATE -> 403;
            case BEARERCAPABILITY_NOTIMPL, INCOMPATIBLE_DESTINATION -> 488;
            case RECOVERY_ON_TIMER_EXPIRE -> 504;
            case ORIGINATOR_CANCEL -> 487;
            case EXCHANGE_ROUTING_ERROR -> 483;
            case BUSY_EVERYWHERE -> 600;
            case DOES_NOT_EXIST_ANYWHERE -> 604;
            case NOT_ACCEPTABLE -> 606;
            case UNWANTED -> 607;
            case NO_IDENTITY -> 428;
            case BAD_IDENTITY_INFO -> 429;
            case UNSUPPORTED_CERTIFICATE -> 437;
            case INVALID_IDENTITY -> 438;
            default -> 480;
        };
    }

    /// @return what a final response of 300 and above means
    static Cause of(int status) {
        return switch (status) {
            case 200 -> Cause.NORMAL_CLEARING;
            case 401, 402, 403, 407, 603, 608 -> Cause.CALL_REJECTED;
            case 404 -> Cause.UNALLOCATED_NUMBER;
            case 485, 604 -> Cause.NO_ROUTE_DESTINATION;
            case 408, 504 -> Cause.RECOVERY_ON_TIMER_EXPIRE;
            case 410 -> Cause.NUMBER_CHANGED;
            case 413, 414, 416, 420, 421, 423, 505, 513 -> Cause.INTERWORKING;
            case 480 -> Cause.NO_USER_RESPONSE;
            case 400, 481, 500, 503 -> Cause.NORMAL_TEMPORARY_FAILURE;
            case 486, 600 -> Cause.USER_BUSY;
            case 484 -> Cause.INVALID_NUMBER_FORMAT;
            case 488, 606 -> Cause.INCOMPATIBLE_DESTINATION;
            case 502 -> Cause.NETWORK_OUT_OF_ORDER;
            case 405 -> Cause.SERVICE_UNAVAILABLE;
            case 406, 415, 501 -> Cause.SERVICE_NOT_IMPLEMENTED;
            case 482, 483 -> Cause.EXCHANGE_ROUTING_ERROR;
            case 487 -> Cause.ORIGINATOR_CANCEL;
            case 428 -> Cause.NO_IDENTITY;
            case 429 -> Cause.BAD_IDENTITY_INFO;
            case 437 -> Cause.UNSUPPORTED_CERTIFICATE;
            case 438 -> Cause.INVALID_IDENTITY;
            case 607 -> Cause.UNWANTED;
            default -> Cause.NORMAL_UNSPECIFIED;
        };
    }

    /// @return the cause of the switch for the end of a call; a cause of Q.850 that the peer names wins
    static Cause of(CallEnd end) {
        return switch (end.kind()) {
            case LOCAL -> Cause.NORMAL_CLEARING;
            case BYE -> named(end.headers()).orElse(Cause.NORMAL_CLEARING);
            case CANCELLED -> ELSEWHERE.matcher(String.join(",", end.headers().lines("Reason"))).find() ? Cause.PICKED_OFF : Cause.ORIGINATOR_CANCEL;
            case REFUSED -> named(end.headers()).orElseGet(() -> of(end.status()));
            case TIMEOUT, UNACKNOWLEDGED, EXPIRED -> Cause.RECOVERY_ON_TIMER_EXPIRE;
            case UNREACHABLE -> Cause.NORMAL_TEMPORARY_FAILURE;
            case GONE -> Cause.NORMAL_TEMPORARY_FAILURE;
        };
    }

    private static Optional<Cause> named(Headers headers) {
        Matcher reason = REASON.matcher(String.join(",", headers.lines("Reason")));
        return reason.find() ? Cause.byCode(Integer.parseInt(reason.group(2))).filter(cause -> cause != Cause.NONE) : Optional.empty();
    }

    /// @return the Reason header of a BYE, CANCEL or refusal
    static Headers reason(Cause cause) {
        String value = switch (cause) {
            case PICKED_OFF, LOSE_RACE -> "SIP;cause=200;text=\"Call completed elsewhere\"";
            default -> (cause.code() >= 1 && cause.code() <= LAST_OF_Q850 ? "Q.850" : "SIP") + ";cause=" + cause.code() + ";text=\"" + cause.name() + "\"";
        };
        return Headers.NONE.with("Reason", value);
    }
}
