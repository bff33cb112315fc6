package io.jverto.base.count;

import java.util.LinkedHashMap;
import java.util.Map;

/// A [Budget] for each of many. Bounded: those that were not asked for the longest are forgotten, and begin anew. Not thread-safe.
public final class Budgets {
    private final int burst;
    private final int perSecond;
    private final Map<String, Budget> budgets;

    /// @param most that are remembered
    public Budgets(int most, int burst, int perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.budgets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Budget> eldest) {
                return size() > most;
            }
        };
    }

    /// @return false when this one has to wait
    public boolean take(long nowNanos, String key) {
        return budgets.computeIfAbsent(key, _ -> new Budget(burst, perSecond, nowNanos)).take(nowNanos, 1);
    }

    public int size() {
        return budgets.size();
    }
}
