package io.jverto.base.count;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ObjLongConsumer;

/// Event counts by the constants of one enum. Each constant says in a sentence what it counts. Thread-safe, never allocates.
///
/// @param <E> the enum of the things counted
public final class Counters<E extends Enum<E> & Counters.Counted> {
    private final E[] counted;
    private final AtomicLongArray values;

    public Counters(Class<E> counted) {
        this.counted = counted.getEnumConstants();
        this.values = new AtomicLongArray(this.counted.length);
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

    /// Shows all of them, in the order of the enum.
    public void forEach(ObjLongConsumer<? super E> reader) {
        for (E what : counted) {
            reader.accept(what, get(what));
        }
    }

    /// An enum constant that says what it counts.
    public interface Counted {
        /// @return one sentence for metrics and documentation
        String description();
    }
}
