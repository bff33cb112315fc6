package io.jverto.switchboard.shared;

import io.jverto.switchboard.dialplan.Routing;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The configuration as it is now, with the global variables that were set while the server runs (`set_global`, `global_setvar`). Such a
/// value is data: a caller may have chosen it. Reading the configuration anew puts those back that it sets itself. Folders stay where they
/// are. Bounded. Thread-safe.
public final class Globals implements Supplier<Routing> {
    private static final int MAX_VARIABLES = 1_000;
    private static final int MAX_NAME = 256;
    private static final int MAX_VALUE = 4_096;

    private final Supplier<Routing> configured;
    private volatile State state = new State(Routing.EMPTY, Map.of(), Routing.EMPTY);

    public Globals(Supplier<Routing> configured) {
        this.configured = configured;
    }

    /// @param base what was configured when these were set
    /// @param merged both
    private record State(Routing base, Map<String, String> set, Routing merged) {}

    @Override
    public Routing get() {
        Routing now = configured.get();
        State known = state;
        return known.set().isEmpty() ? now : known.base() == now ? known.merged() : rebased(now);
    }

    private synchronized Routing rebased(Routing now) {
        Map<String, String> left = copy(state.set());
        left.keySet().removeAll(now.globals().keySet());
        state = new State(now, left, now.with(left));
        return state.merged();
    }

    /// @param value empty to unset what was set so
    /// @return false when it may not be set, or there are too many
    public synchronized boolean set(String name, String value) {
        boolean folder = name.toLowerCase(java.util.Locale.ROOT).endsWith("_dir");
        if (folder || name.isBlank() || name.length() > MAX_NAME || value.length() > MAX_VALUE) {
            return false;
        }
        get(); // what a reload took away stays away
        Map<String, String> next = copy(state.set());
        next.remove(name);
        if (!value.isEmpty()) {
            next.put(name, value);
        }
        if (next.size() > MAX_VARIABLES) {
            return false;
        }
        Routing now = configured.get();
        state = new State(now, next, now.with(next));
        return true;
    }

    private static Map<String, String> copy(Map<String, String> map) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(map);
        return copy;
    }
}
