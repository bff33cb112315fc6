package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Says what of a dial string, as a configuration has it, is not supported. References are left as they are: what they will stand for is
/// not known.
public final class DialStringCheck {
    private static final Set<String> ENDPOINTS = Set.of("user", "group", "error", "loopback", "null", "pickup", "verto.rtc", "sofia");
    /// Of the variables that dialplan-directory.md section 9.3, 11.2 and 12 name.
    private static final Set<String> VARIABLES = Set.of(
            "bypass_media", "proxy_media", "bypass_media_after_bridge", "monitor_early_media_ring", "monitor_early_media_fail",
            "monitor_early_media_ring_total", "monitor_early_media_fail_total", "bridge_filter_dtmf", "bridge_generate_comfort_noise",
            "bridge_pre_execute_aleg_app", "bridge_pre_execute_bleg_app", "return_ring_ready", "origination_cancel_key",
            "park_after_early_bridge", "uuid_bridge_continue_on_cancel", "continue_on_answer_timeout", "originate_continue_on_timeout",
            "session_in_hangup_hook", "forked_dial", "ring_ready", "origination_aleg_uuid", "media_mix_inbound_outbound_codecs");

    private DialStringCheck() {}

    /// @return a phrase for each thing that is not supported
    public static List<String> unsupported(String dialString) {
        List<String> found = new ArrayList<>();
        DialString parsed = DialString.parse(Text.syntax(dialString));
        parsed.variables().keySet().forEach(name -> variable(name, found));
        parsed.parts().forEach(part -> part.variables().keySet().forEach(name -> variable(name, found)));
        legs(parsed).forEach(leg -> {
            leg.variables().keySet().forEach(name -> variable(name, found));
            target(leg.target().toString(), found);
        });
        return found.stream().distinct().toList();
    }

    /// @param scheme of an endpoint, for instance `sofia`
    /// @return the addresses behind it of all that a dial string calls by that endpoint, references and all
    public static List<String> addresses(String dialString, String scheme) {
        String start = scheme + "/";
        return legs(DialString.parse(Text.syntax(dialString))).map(leg -> leg.target().toString())
                .filter(target -> target.regionMatches(true, 0, start, 0, start.length())).map(target -> target.substring(start.length())).distinct().toList();
    }

    /// @return whether nothing happens when that variable is set
    public static boolean isUnsupported(String variable) {
        return VARIABLES.contains(variable.toLowerCase(Locale.ROOT));
    }

    private static Stream<DialString.Leg> legs(DialString parsed) {
        return parsed.parts().stream().flatMap(part -> part.groups().stream()).flatMap(List::stream);
    }

    private static void variable(String name, List<String> found) {
        if (isUnsupported(name)) {
            found.add("variable " + name + " has no effect");
        }
    }

    private static void target(String target, List<String> found) {
        if (!target.isEmpty() && "{[<".indexOf(target.charAt(0)) >= 0) {
            found.add("'" + target.charAt(0) + "' is not closed or out of place, so nobody is called by " + target);
            return;
        }
        int slash = target.indexOf('/');
        String scheme = slash < 0 ? "" : target.substring(0, slash).toLowerCase(Locale.ROOT);
        if (slash > 0 && scheme.indexOf('$') < 0 && !ENDPOINTS.contains(scheme)) {
            found.add("endpoint " + scheme + " is not supported; a call to it fails with CHAN_NOT_IMPLEMENTED");
        }
    }
}
