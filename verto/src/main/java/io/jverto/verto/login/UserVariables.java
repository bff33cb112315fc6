package io.jverto.verto.login;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Channel variables that a client may set with its login. The reference server lets it set every variable, also those by
/// which a channel runs commands or which only the directory should decide.
final class UserVariables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    /// Beginnings of names on which the switch acts.
    private static final List<String> RESERVED = List.of(
            "api_", "exec", "session_in_hangup_hook", "sip_", "rtp_", "sdp_", "bridge_", "last_bridge", "signal_bond", "originat", "transfer_",
            "force_transfer", "blind_transfer", "att_xfer", "export_vars", "record_", "user_", "domain", "dialed_", "effective_", "outbound_",
            "toll_allow", "accountcode", "login-expires", "verto_", "jsock_", "event_channel", "presence_", "conf_mvar_", "conference_", "ice_",
            "dtls_", "codec_", "absolute_codec", "hangup_", "continue_on_fail", "failure_causes", "ringback", "instant_ringback", "hold_music",
            "call_timeout", "leg_timeout", "auto_hunt", "timezone", "tod_", "playback_", "sound_", "sounds_", "recordings_", "silence_hits", "max_forwards", "park_", "current_application",
            "caller_id_", "callee_id_", "orig_caller_id_", "destination_number", "network_addr", "chan_name", "channel_");
    /// Further fields of a call, which a variable of the same name would hide from the dialplan.
    private static final Set<String> FIELDS =
            Set.of("ani", "aniii", "context", "dialplan", "direction", "rdnis", "source", "state", "username", "uuid");

    private UserVariables() {}

    /// @return those that may be set
    static Map<String, String> allowed(Map<String, String> wished) {
        Map<String, String> allowed = new LinkedHashMap<>();
        wished.forEach((name, value) -> {
            if (isAllowed(name)) {
                allowed.put(name, value);
            }
        });
        return allowed;
    }

    private static boolean isAllowed(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() && !FIELDS.contains(lower) && RESERVED.stream().noneMatch(lower::startsWith);
    }
}
