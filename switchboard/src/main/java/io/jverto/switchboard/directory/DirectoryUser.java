package io.jverto.switchboard.directory;

import io.jverto.switchboard.port.UserId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A user with everything inherited from group and domain (dialplan-directory.md section 3.2). Immutable.
///
/// @param id with user and domain as the directory writes them, whatever letter case was asked for
/// @param params for the switch: `password`, `dial-string`, `jsonrpc-allowed-methods`; names in any letter case
/// @param variables for the channels of this user; names in any letter case
public record DirectoryUser(UserId id, Map<String, String> params, Map<String, String> variables) {
    public DirectoryUser {
        params = anyCase(params);
        variables = anyCase(variables);
    }

    static DirectoryUser of(UserId id, Settings settings) {
        return new DirectoryUser(id, settings.params(), settings.variables());
    }

    public Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name));
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    @Override
    public String toString() {
        return "DirectoryUser[" + id + "]"; // params hold the password: keep them out of logs
    }

    private static Map<String, String> anyCase(Map<String, String> source) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(source);
        return Collections.unmodifiableMap(copy);
    }
}
