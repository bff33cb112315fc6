package io.jverto.switchboard.directory;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a user, a group or a domain says for itself. Names in any letter case; immutable.
///
/// @param params for the switch
/// @param variables for the channels of users
public record Settings(Map<String, String> params, Map<String, String> variables) {
    public static final Settings NONE = new Settings(Map.of(), Map.of());

    public Settings {
        params = anyCase(params, Map.of());
        variables = anyCase(variables, Map.of());
    }

    /// @return these, and of `farther` what these do not name (dialplan-directory.md section 3.2)
    public Settings over(Settings farther) {
        return new Settings(anyCase(params, farther.params), anyCase(variables, farther.variables));
    }

    private static Map<String, String> anyCase(Map<String, String> nearer, Map<String, String> farther) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(nearer);
        farther.forEach(all::putIfAbsent);
        return Collections.unmodifiableMap(all);
    }

    @Override
    public String toString() {
        return "Settings" + params.keySet() + variables.keySet(); // values may be passwords: keep them out of logs
    }
}
