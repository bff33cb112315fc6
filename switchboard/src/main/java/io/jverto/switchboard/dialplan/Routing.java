package io.jverto.switchboard.dialplan;

import io.jverto.base.net.NetworkLists;
import io.jverto.switchboard.directory.Directory;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What routes calls, as one value, so that a reload changes all of it at once.
///
/// @param globals the configuration's global variables (`$${...}`), found by `${...}` last; names in any letter case
/// @param set global variables that were set while the server runs, and hide the others: their values are data
/// @param stations what `local_stream://` names
/// @param files the dialplan in a file of its own, `XML:<file>`; empty when there is none; the log says why
/// @param networks the lists of `acl.conf`
public record Routing(
        Directory directory,
        Dialplan dialplan,
        Map<String, String> globals,
        Map<String, String> set,
        Stations stations,
        Function<String, Optional<Dialplan>> files,
        NetworkLists networks) {
    public static final Routing EMPTY = new Routing(Directory.EMPTY, Dialplan.EMPTY, Map.of());

    /// Without stations.
    public Routing(Directory directory, Dialplan dialplan, Map<String, String> globals) {
        this(directory, dialplan, globals, Stations.NONE);
    }

    /// Without dialplans in files of their own, and lists of networks.
    public Routing(Directory directory, Dialplan dialplan, Map<String, String> globals, Stations stations) {
        this(directory, dialplan, globals, Map.of(), stations, _ -> Optional.empty(), NetworkLists.NONE);
    }

    /// @return the same with another directory
    public Routing with(Directory other) {
        return new Routing(other, dialplan, globals, set, stations, files, networks);
    }

    public Routing {
        globals = anyCase(globals);
        set = anyCase(set);
    }

    private static Map<String, String> anyCase(Map<String, String> map) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }

    /// @return the same with these variables set while the server runs
    public Routing with(Map<String, String> variables) {
        return new Routing(directory, dialplan, globals, variables, stations, files, networks);
    }

    /// @return a global variable, empty when there is none: syntax where the configuration set it, data otherwise
    public Text global(String name) {
        String own = set.get(name);
        return own == null ? Text.syntax(globals.getOrDefault(name, "")) : Text.data(own);
    }
}
