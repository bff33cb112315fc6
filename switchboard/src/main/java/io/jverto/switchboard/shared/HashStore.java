package io.jverto.switchboard.shared;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values by realm and key, in memory, for the application and the command `hash`. Bounded: what does not fit is refused and counted.
/// Thread-safe.
public final class HashStore {
    static final int MAX_VALUES = 100_000;
    private static final int MAX_NAME = 255;
    private static final int MAX_VALUE = 4_096;

    private final Counters<SwitchCounter> counters;
    private final Map<List<String>, String> values = new HashMap<>();

    public HashStore(Counters<SwitchCounter> counters) {
        this.counters = counters;
    }

    public synchronized Optional<String> value(String realm, String key) {
        return Optional.ofNullable(values.get(List.of(realm, key)));
    }

    /// @return whether it is kept
    public synchronized boolean put(String realm, String key, String value) {
        List<String> name = List.of(realm, key);
        boolean fits = !realm.isEmpty() && !key.isEmpty() && realm.length() <= MAX_NAME && key.length() <= MAX_NAME && value.length() <= MAX_VALUE
                && (values.size() < MAX_VALUES || values.containsKey(name));
        if (fits) {
            values.put(name, value);
        } else {
            counters.increment(SwitchCounter.SHARED_REFUSED);
        }
        return fits;
    }

    /// @return false when there is a value, or it does not fit
    public synchronized boolean putIfEmpty(String realm, String key, String value) {
        return !values.containsKey(List.of(realm, key)) && put(realm, key, value);
    }

    /// @return whether there was something
    public synchronized boolean remove(String realm, String key) {
        return values.remove(List.of(realm, key)) != null;
    }

    /// @return whether there was just that
    public synchronized boolean removeIf(String realm, String key, String value) {
        return values.remove(List.of(realm, key), value);
    }
}
