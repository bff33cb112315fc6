package io.jverto.sip.call;

import io.jverto.sip.message.Headers;
import io.jverto.switchboard.port.Cause;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How we end a call (sip.md section 15.1; RFC 3326).
///
/// @param status that refuses a call which has not been answered
/// @param phrase empty for the usual one
/// @param headers of what is sent
/// @param disposition `sip_hangup_disposition`
record LegEnd(int status, String phrase, Headers headers, String disposition) {
    /// What the application `respond` wants: a status, perhaps with a phrase.
    private static final String RESPONSE = "jverto_response";
    /// What the application `redirect` wants: URIs.
    private static final String REDIRECTION = "jverto_redirection";
    private static final Pattern STATUS = Pattern.compile("([3-6]\\d\\d)(?: (.{1,100}))?");
    private static final Pattern REMOTE = Pattern.compile("sips?:([4-6]\\d\\d)");
    private static final int MAX_HEADERS = 30;
    private static final int MAX_VALUE = 1_000;

    /// @param incoming whether the peer made the call
    /// @param answered whether it was answered
    /// @param variables of the channel
    static LegEnd of(Cause cause, boolean incoming, boolean answered, Map<String, String> variables) {
        Headers reason = reason(cause, variables);
        if (answered) {
            return new LegEnd(0, "", reason.and(free(variables, "sip_bye_h_")), "send_bye");
        } else if (!incoming) {
            return new LegEnd(0, "", reason.and(free(variables, "sip_bye_h_")), "send_cancel");
        }
        Headers headers = reason.and(free(variables, "sip_bye_h_")).and(free(variables, "sip_rh_"));
        Optional<String> redirection = text(variables, REDIRECTION).filter(_ -> cause == Cause.REDIRECTION_TO_NEW_DESTINATION);
        if (redirection.isPresent()) {
            return new LegEnd(302, "", headers.with("Contact", contacts(redirection.get())), "send_refuse");
        }
        Matcher response = STATUS.matcher(text(variables, RESPONSE).orElse(""));
        boolean responds = response.matches();
        int status = responds ? Integer.parseInt(response.group(1)) : remote(variables).orElse(Causes.status(cause));
        return new LegEnd(presentable(status, cause), responds && response.group(2) != null ? response.group(2) : "", headers, "send_refuse");
    }

    private static String contacts(String uris) {
        return Arrays.stream(uris.split(",")).map(String::strip).map(uri -> uri.indexOf('<') >= 0 ? uri : "<" + uri + ">").collect(Collectors.joining(", "));
    }

    /// @return what whoever was called for it has answered
    private static Optional<Integer> remote(Map<String, String> variables) {
        Matcher remote = REMOTE.matcher(text(variables, "last_bridge_proto_specific_hangup_cause").orElse(""));
        return isTrue(variables, "sip_ignore_remote_cause") || !remote.matches() ? Optional.empty() : Optional.of(Integer.valueOf(remote.group(1)));
    }

    /// A challenge is between two who know each other's passwords: it is not for the caller.
    private static int presentable(int status, Cause cause) {
        int mapped = Causes.status(cause);
        return status == 401 || status == 407 ? mapped == 401 || mapped == 407 ? 403 : mapped : status;
    }

    private static Headers reason(Cause cause, Map<String, String> variables) {
        Optional<String> own = text(variables, "sip_reason");
        if (own.isPresent()) {
            return Headers.NONE.with("Reason", own.get());
        }
        boolean elsewhere = cause == Cause.PICKED_OFF || cause == Cause.LOSE_RACE;
        boolean unwanted = isTrue(variables, elsewhere ? "ignore_completed_elsewhere" : "disable_q850_reason");
        return unwanted ? Headers.NONE : Causes.reason(cause);
    }

    private static Headers free(Map<String, String> variables, String prefix) {
        Headers headers = Headers.NONE;
        int count = 0;
        for (Map.Entry<String, String> one : variables.entrySet()) {
            boolean named = one.getKey().toLowerCase(Locale.ROOT).startsWith(prefix) && InviteWriter.isFree(one.getKey().substring(prefix.length()));
            if (named && one.getValue().length() <= MAX_VALUE && count < MAX_HEADERS) {
                headers = headers.and(one.getKey().substring(prefix.length()), one.getValue());
                count++;
            }
        }
        return headers;
    }

    private static Optional<String> text(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty() && value.length() <= MAX_VALUE);
    }

    private static boolean isTrue(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "").equalsIgnoreCase("true");
    }

    /// @return what the call's record says of it
    Map<String, String> variables(Cause cause) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("sip_hangup_disposition", disposition);
        if (status > 0) {
            said.put("sip_term_status", Integer.toString(status));
            said.put("sip_term_cause", Integer.toString(cause.code()));
        }
        return said;
    }
}
