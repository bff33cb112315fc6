package io.jverto.server.metrics;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.Repeating;
import io.jverto.base.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the server from time to time as a browser would, and remembers what came of it. One thread makes one call after the other, hence there
/// are never two. While the server takes no new calls none is made: that says nothing of whether it could. Thread-safe.
public final class SelfCalls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SelfCalls.class);
    /// One that failed may have met a moment; from so many in a row on the server is not well.
    static final int FAILURES = 2;

    private final BooleanSupplier takesCalls;
    private final Supplier<Optional<String>> call;
    private final TimeSource time;
    private final Repeating turns;
    private volatile boolean stopped;
    private volatile State state = new State(0, 0, Optional.empty());

    /// @param good calls since the start that were answered and heard
    /// @param failed those that were not
    private record State(long good, long failed, Optional<Last> last) {}

    /// @param why it failed, empty text when it did not
    /// @param inARow failures, this one with them
    private record Last(Instant at, Duration took, String why, int inARow) {}

    private SelfCalls(Duration every, BooleanSupplier takesCalls, Supplier<Optional<String>> call, TimeSource time) {
        this.takesCalls = takesCalls;
        this.call = call;
        this.time = time;
        this.turns = new Repeating(time, "self-calls", every);
    }

    /// Makes the first call now.
    ///
    /// @param every from the end of a call to the beginning of the next
    /// @param takesCalls whether new calls are let in
    /// @param call makes one, waits for its end and says why it failed, or nothing
    public static SelfCalls start(Duration every, BooleanSupplier takesCalls, Supplier<Optional<String>> call, TimeSource time) {
        SelfCalls calls = new SelfCalls(every, takesCalls, call, time);
        calls.turns.start(calls::turn);
        return calls;
    }

    private void turn() {
        if (takesCalls.getAsBoolean()) {
            once();
        }
    }

    private void once() {
        Instant at = time.wallTime();
        long began = time.nanoTime();
        String why = tried();
        if (stopped) {
            return; // it failed because the server ends
        }
        State before = state;
        int inARow = why.isEmpty() ? 0 : before.last().map(Last::inARow).orElse(0) + 1;
        Last last = new Last(at, Duration.ofNanos(time.nanoTime() - began), why, inARow);
        state = new State(before.good() + (why.isEmpty() ? 1 : 0), before.failed() + (why.isEmpty() ? 0 : 1), Optional.of(last));
        if (inARow == 1 || inARow == FAILURES) {
            log.warn("the server called itself, and it failed ({} in a row): {}", inARow, why);
        } else if (inARow == 0 && before.last().filter(one -> one.inARow() > 0).isPresent()) {
            log.info("the server called itself, and it works again");
        }
    }

    private String tried() {
        try {
            return call.get().orElse("");
        } catch (RuntimeException bug) { // of one call: those after it need the thread
            log.error("the server could not call itself because of a bug", bug);
            return "a bug: " + bug;
        }
    }

    /// @return false when the last [#FAILURES] calls failed
    boolean areWell() {
        return state.last().filter(last -> last.inARow() >= FAILURES).isEmpty();
    }

    /// @return calls that were answered and heard
    long good() {
        return state.good();
    }

    /// @return calls that failed
    long failed() {
        return state.failed();
    }

    /// @return 1 when the last call was good, 0 when it failed; empty before the first
    Optional<Double> up() {
        return state.last().map(last -> last.inARow() == 0 ? 1.0 : 0.0);
    }

    /// @return how long the last one took in seconds, whatever came of it
    Optional<Double> seconds() {
        return state.last().map(last -> last.took().toNanos() / 1e9);
    }

    /// @return when the last one began, in seconds since 1970
    Optional<Double> beganSeconds() {
        return state.last().map(last -> last.at().toEpochMilli() / 1e3);
    }

    /// @return `{"result": "good", "failed" or "not made yet", "at": ISO 8601, "millis": 400, "reason": why it failed, "failedInARow": 2}`
    JsonObject text() {
        Optional<Last> last = state.last();
        JsonObjectBuilder text = new JsonObjectBuilder().put("result", last.map(one -> one.inARow() == 0 ? "good" : "failed").orElse("not made yet"));
        last.ifPresent(one -> text.put("at", one.at().toString()).put("millis", one.took().toMillis()));
        last.filter(one -> one.inARow() > 0).ifPresent(one -> text.put("reason", one.why()).put("failedInARow", one.inARow()));
        return text.build();
    }

    @Override
    public void close() {
        stopped = true;
        turns.close();
    }
}
