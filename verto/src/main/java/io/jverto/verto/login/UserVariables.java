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
            "absolute_codec", "accountcode", "after_bridge", "aleg_", "answer_delay", "api_", "att_xfer", "attxfer_", "auto_hunt", "bind_", "bleg_",
            "blind_transfer", "bridge_", "bypass_", "call_timeout", "callee_id_", "caller-", "caller_", "campon", "cdr_", "chan_name", "channel_",
            "codec_", "conf_mvar_", "conference_", "confvar_", "continue_on_fail", "current_application", "default_", "destination_number",
            "detect_", "dialed_", "digit", "domain", "dtls_", "eavesdrop_", "echo_", "effective_", "event_channel", "exec", "export_vars", "fail_on_single",
            "failure_causes", "fifo_", "force_transfer", "group_c", "hangup_", "hash", "hold_music", "hostname", "ice_", "ignore_", "images_", "import",
            "inherit_", "instant_ringback", "intercept_", "ivr_", "jitterbuffer", "jsock_", "jverto_", "last_bridge", "last_matching",
            "last_non_matching", "leg_", "limit", "local_var_", "login-expires", "loopback_", "max_forwards", "max_session", "media_", "member_", "monitor_", "noise_",
            "network_addr", "orig_caller_id_", "originat", "other-leg", "other_leg", "outbound_", "outcall_", "outside_call", "page_", "park_", "pickup",
            "play_and_detect", "playback_", "presence_", "privacy", "process_cdr", "progress_timeout", "prompts_", "proxy_media", "read_", "record_",
            "recording_", "recordings_", "ringback", "rtp_", "say_", "sdp_", "send_", "session_", "signal_bond", "silence_hits", "sip_", "sleep_eat_digits",
            "socket_", "sofia_", "soft_hold", "sound_", "sounds_", "supplied_pin", "suppress_cng", "system_", "three_way", "timezone", "tod_", "toll_allow", "transfer_", "tts_",
            "user_", "valet_", "verto_", "video_", "vm_", "voicemail", "wait_for_");
    /// Further fields of a call, which a variable of the same name would hide from the dialplan.
    private static final Set<String> FIELDS = Set.of(
            "ani", "ani_numplan", "ani_ton", "aniii", "answered_time", "caller-source", "context", "created_time", "dialplan", "direction", "hungup_time",
            "profile_created_time", "profile_index", "progress_media_time", "progress_time", "rdnis", "rdnis_numplan", "rdnis_ton", "screen_bit", "source",
            "state", "transferred_time", "username", "uuid");

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
