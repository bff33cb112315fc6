package io.jverto.server.records;

import io.jverto.base.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of things to the places where they are written, in order at each. What a place does not take, because its disk is full for
/// instance, waits in memory and is tried again: so many things and bytes of all places together. Beyond that the newest are lost: what
/// waits already is not. One thread at a time.
///
/// @param <T> what is written
final class Outlets<T> {
    /// Between two attempts at a place that does not take anything.
    static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    /// Things that are given to a place at once.
    private static final int CHUNK = 1_024;

    private static final Logger log = LoggerFactory.getLogger(Outlets.class);

    private final String what;
    private final Limits limits;
    private final ToLongFunction<T> size;
    private final Writer<T> writer;
    private final TimeSource time;
    private final Map<String, Deque<T>> waiting = new LinkedHashMap<>();
    /// Of places that do not take anything.
    private final Map<String, Alarm> alarms = new HashMap<>();
    private String lastTrouble = "";
    private long tryAgainNanos;
    private int things;
    private long bytes;

    /// @param things that wait at most
    /// @param bytes of those together
    record Limits(int things, long bytes) {
        static final Limits DEFAULT = new Limits(10_000, 32L << 20);
    }

    /// What became of things.
    ///
    /// @param count how many of them are written, from the first on
    /// @param trouble why the others are not; empty when all are
    record Written(int count, String trouble) {}

    /// Writes.
    @FunctionalInterface
    interface Writer<T> {
        /// @param things never none
        Written write(String place, List<T> things);
    }

    /// Things that will not be written.
    ///
    /// @param why empty when there are none
    record Lost<T>(List<T> things, String why) {}

    /// @param what is written, for the log
    /// @param size bytes of a thing in memory, about
    Outlets(String what, Limits limits, ToLongFunction<T> size, Writer<T> writer, TimeSource time) {
        this.what = what;
        this.limits = limits;
        this.size = size;
        this.writer = writer;
        this.time = time;
    }

    /// Writes things behind those of their place that wait.
    Lost<T> write(String place, List<T> more) {
        if (waiting.containsKey(place)) {
            return hold(place, more);
        }
        int done = 0;
        boolean takes = true;
        while (done < more.size() && takes) {
            Written some = give(place, more.subList(done, Math.min(more.size(), done + CHUNK)));
            done += some.count();
            takes = some.trouble().isEmpty();
        }
        return hold(place, more.subList(done, more.size()));
    }

    private Written give(String place, List<T> some) {
        Written written = writer.write(place, some);
        if (!written.trouble().isEmpty()) {
            lastTrouble = written.trouble();
            if (alarms.computeIfAbsent(place, _ -> new Alarm(time)).rings(1) > 0) {
                log.error("{} cannot be written and wait in memory, as long as they fit: {}; make room, or let the user that runs jverto write there", what, lastTrouble);
            }
        } else if (alarms.remove(place) != null) {
            log.info("{} are written again{}", what, place.isEmpty() ? "" : ": " + place);
        }
        return written;
    }

    private Lost<T> hold(String place, List<T> left) {
        if (waiting.isEmpty()) {
            tryAgainNanos = time.nanoTime() + TRY_AGAIN.toNanos();
        }
        List<T> lost = new ArrayList<>();
        for (T one : left) {
            long more = size.applyAsLong(one);
            if (things >= limits.things() || bytes + more > limits.bytes()) {
                lost.add(one);
            } else {
                waiting.computeIfAbsent(place, _ -> new ArrayDeque<>()).add(one);
                things++;
                bytes += more;
            }
        }
        return new Lost<>(lost, lost.isEmpty() ? "" : lastTrouble);
    }

    /// Tries again what waits, if it is time for that.
    void tryAgain() {
        if (!waiting.isEmpty() && time.nanoTime() >= tryAgainNanos) {
            tryNow();
        }
    }

    private void tryNow() {
        List.copyOf(waiting.entrySet()).forEach(place -> tryNow(place.getKey(), place.getValue()));
        tryAgainNanos = time.nanoTime() + TRY_AGAIN.toNanos();
    }

    private void tryNow(String place, Deque<T> all) {
        while (!all.isEmpty()) {
            Written some = give(place, all.stream().limit(CHUNK).toList());
            for (int i = 0; i < some.count(); i++) {
                things--;
                bytes -= size.applyAsLong(all.remove());
            }
            if (!some.trouble().isEmpty()) {
                return;
            }
        }
        waiting.remove(place);
    }

    /// Tries a last time.
    ///
    /// @return what is lost
    Lost<T> end() {
        tryNow();
        List<T> left = waiting.values().stream().flatMap(Deque::stream).toList();
        waiting.clear();
        things = 0;
        bytes = 0;
        return new Lost<>(left, left.isEmpty() ? "" : lastTrouble);
    }

    /// @return how many wait
    int waiting() {
        return things;
    }

    /// @return when something is to be tried again, as [TimeSource#nanoTime]; [Long#MAX_VALUE] when nothing waits
    long nextNanos() {
        return waiting.isEmpty() ? Long.MAX_VALUE : tryAgainNanos;
    }
}
