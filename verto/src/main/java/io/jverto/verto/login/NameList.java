package io.jverto.verto.login;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// One of the `jsonrpc-allowed-...` lists (verto-wire.md section 3.6). Letter case does not count. Immutable.
///
/// @param all whether everything is allowed but `names`; otherwise nothing but `names`
/// @param names in lower case
public record NameList(boolean all, Set<String> names) {
    /// Everything is allowed.
    public static final NameList ALL = new NameList(true, Set.of());

    public NameList {
        names = Set.copyOf(names);
    }

    /// @param value names separated by commas, or by blanks if there is any; `__ANY__` allows everything
    public static NameList of(String value) {
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
        return all != names.contains(name.toLowerCase(Locale.ROOT));
    }

    /// @return whether the name, or its part before the first dot, is in the list
    public boolean allowsFamily(String name) {
        int dot = name.indexOf('.');
        if (dot <= 0) {
            return allows(name);
        }
        boolean family = allows(name.substring(0, dot));
        return all ? family && allows(name) : family || allows(name);
    }

    /// @return this list and what another allows
    public NameList with(NameList more) {
        if (more.all) {
            return ALL;
        }
        return all ? new NameList(true, without(names, more.names)) : new NameList(false, union(names, more.names));
    }

    /// @return this list without what another allows
    public NameList without(NameList less) {
        if (less.all) {
            return new NameList(false, Set.of());
        }
        return all ? new NameList(true, union(names, less.names)) : new NameList(false, without(names, less.names));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<String> without(Set<String> one, Set<String> other) {
        Set<String> rest = new LinkedHashSet<>(one);
        rest.removeAll(other);
        return rest;
    }
}
