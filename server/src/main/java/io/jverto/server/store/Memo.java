package io.jverto.server.store;

import io.jverto.base.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers of the database, remembered for a short time, since other servers may write to it too; [#forget] is for our own changes. While
/// the database is away old answers are better than none. Bounded: strangers choose the questions. Thread-safe.
final class Memo<K, V> {
    static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MAX_ENTRIES = 10_000;

    private final TimeSource time;
    private final Map<K, Answer<V>> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Answer<V>> eldest) {
            return size() > MAX_ENTRIES;
        }
    };
    /// Rises with each change: an answer that was on its way meanwhile is not kept.
    private long generation;

    Memo(TimeSource time) {
        this.time = time;
    }

    private record Answer<V>(V value, long untilNanos) {}

    /// @param ask empty when the database cannot be used
    Optional<V> get(K question, Supplier<Optional<V>> ask) {
        long asked;
        Answer<V> known;
        synchronized (this) {
            known = entries.get(question);
            asked = generation;
        }
        if (known != null && time.nanoTime() - known.untilNanos < 0) {
            return Optional.of(known.value);
        }
        Optional<V> answer = ask.get();
        answer.ifPresent(value -> keep(question, value, asked));
        return answer.isPresent() ? answer : stale(known);
    }

    private Optional<V> stale(@Nullable Answer<V> known) {
        return Optional.ofNullable(known).map(Answer::value);
    }

    private synchronized void keep(K question, V value, long asked) {
        if (asked == generation) {
            entries.put(question, new Answer<>(value, time.nanoTime() + FRESH.toNanos()));
        }
    }

    synchronized void forget() {
        generation++;
        entries.clear();
    }

    synchronized int size() {
        return entries.size();
    }
}
