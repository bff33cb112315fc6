package io.jverto.switchboard.dialplan;

import io.jverto.switchboard.directory.Directory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What routes calls, as one value, so that a reload changes all of it at once.
///
/// @param globals the configuration's global variables (`$${...}`), found by `${...}` last; names in any letter case
/// @param stations what `local_stream://` names
/// @param files the dialplan in a file of its own, `XML:<file>`; empty when there is none; the log says why
public record Routing(
        Directory directory, Dialplan dialplan, Map<String, String> globals, Stations stations, Function<String, Optional<Dialplan>> files) {
    public static final Routing EMPTY = new Routing(Directory.EMPTY, Dialplan.EMPTY, Map.of());

    /// Without stations.
    public Routing(Directory directory, Dialplan dialplan, Map<String, String> globals) {
        this(directory, dialplan, globals, Stations.NONE);
    }

    /// Without dialplans in files of their own.
    public Routing(Directory directory, Dialplan dialplan, Map<String, String> globals, Stations stations) {
        this(directory, dialplan, globals, stations, _ -> Optional.empty());
    }

    /// @return the same with another directory
    public Routing with(Directory other) {
        return new Routing(other, dialplan, globals, stations, files);
    }

    public Routing {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(globals);
        globals = java.util.Collections.unmodifiableMap(copy);
    }
}
