package io.jverto.switchboard.shared;

import io.jverto.switchboard.port.SharedData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps them in memory: they are gone when the server ends. For tests, and servers without a database.
public final class PassingData implements SharedData {
    private final Map<List<String>, String> values = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();

    @Override
    public synchronized Optional<String> value(String realm, String key) {
        return Optional.ofNullable(values.get(List.of(realm, key)));
    }

    @Override
    public synchronized boolean put(String realm, String key, String value) {
        List<String> name = List.of(realm, key);
        boolean room = values.size() < MAX_ROWS || values.containsKey(name);
        boolean kept = room && SharedData.fits(realm, MAX_NAME) && SharedData.fits(key, MAX_NAME) && value.length() <= MAX_VALUE;
        if (kept) {
            values.put(name, value);
        }
        return kept;
    }

    @Override
    public synchronized boolean remove(String realm, String key) {
        return values.remove(List.of(realm, key)) != null;
    }

    @Override
    public synchronized List<String> members(String group) {
        return List.copyOf(groups.getOrDefault(group, List.of()));
    }

    @Override
    public synchronized boolean join(String group, String member) {
        int all = groups.values().stream().mapToInt(List::size).sum();
        boolean already = members(group).contains(member);
        boolean kept = already || all < MAX_ROWS && SharedData.fits(group, MAX_NAME) && SharedData.fits(member, MAX_VALUE);
        if (kept && !already) {
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(member);
        }
        return kept;
    }

    @Override
    public synchronized boolean leave(String group, String member) {
        return groups.getOrDefault(group, new ArrayList<>()).remove(member);
    }
}
