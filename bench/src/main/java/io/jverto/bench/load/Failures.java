package io.jverto.bench.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many of something failed, and why. From any thread.
final class Failures {
    private final String what;
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();

    /// @param what failed, in the plural
    Failures(String what) {
        this.what = what;
    }

    void add(String reason) {
        reasons.computeIfAbsent(reason, fresh -> new LongAdder()).increment();
    }

    long count() {
        return reasons.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /// Tells the reasons to whoever started this.
    void explain() {
        reasons.forEach((reason, count) -> System.err.println("jverto load: " + count.sum() + " " + what + " failed: " + reason));
    }
}
