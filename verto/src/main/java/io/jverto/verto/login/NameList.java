package io.jverto.verto.login;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// One of the `jsonrpc-allowed-...` lists (verto-wire.md section 3.6). Letter case does not count.
///
/// @param all whether everything is allowed
/// @param names in lower case
public record NameList(boolean all, Set<String> names) {
    /// Everything is allowed.
    public static final NameList ALL = new NameList(true, Set.of());

    /// @param value names separated by commas, or by blanks if there is any; `__ANY__` allows everything
    static NameList of(String value) {
        String trimmed = value.trim();
        if (trimmed.equals("__ANY__")) {
            return ALL;
        }
        return new NameList(
                false,
                Arrays.stream(trimmed.split(trimmed.indexOf(' ') >= 0 ? " +" : ","))
                        .map(name -> name.trim().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// @return whether the whole name is in the list
    public boolean allows(String name) {
        return all || names.contains(name.toLowerCase(Locale.ROOT));
    }

    /// @return whether the name, or its part before the first dot, is in the list
    public boolean allowsFamily(String name) {
        int dot = name.indexOf('.');
        return allows(name) || (dot > 0 && allows(name.substring(0, dot)));
    }
}
