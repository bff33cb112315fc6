package io.jverto.base.count;

import java.util.concurrent.atomic.AtomicLongArray;

/// Event counts by the constants of one enum. Each constant says in a sentence what it counts. Thread-safe, never allocates.
///
/// @param <E> the enum of the things counted
public final class Counters<E extends Enum<E> & Counters.Counted> {
    private final AtomicLongArray values;

    public Counters(Class<E> counted) {
        this.values = new AtomicLongArray(counted.getEnumConstants().length);
    }

    public void increment(E what) {
        values.getAndIncrement(what.ordinal());
    }

    public void add(E what, long amount) {
        values.getAndAdd(what.ordinal(), amount);
    }

    public long get(E what) {
        return values.get(what.ordinal());
    }

    /// An enum constant that says what it counts.
    public interface Counted {
        /// @return one sentence for metrics and documentation
        String description();
    }
}
