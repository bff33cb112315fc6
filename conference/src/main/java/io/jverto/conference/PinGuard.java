package io.jverto.conference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Makes guessing a PIN slow: after [#FREE] wrong ones from one address, in whichever call, each further try waits twice as long as the
/// one before (security.md S38). Forgets an address after a quarter of an hour without. Thread-safe.
final class PinGuard {
    static final int FREE = 3;
    private static final int MOST_ADDRESSES = 10_000;
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;
    private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(15);

    private final Map<String, Guesses> addresses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesses> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Guesses(int wrong, long atNanos) {}

    /// @return how long the next try has to wait, from the last wrong one on
    synchronized long waitMillis(String address, long nowNanos) {
        Guesses guesses = addresses.get(address);
        if (guesses == null || nowNanos - guesses.atNanos() > FORGET_NANOS || guesses.wrong() < FREE) {
            return 0;
        }
        long wait = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(guesses.wrong() - FREE, 16));
        return Math.max(0, wait - (nowNanos - guesses.atNanos()) / 1_000_000);
    }

    synchronized void wrong(String address, long nowNanos) {
        addresses.compute(address, (_, before) -> new Guesses(
                before == null || nowNanos - before.atNanos() > FORGET_NANOS ? 1 : before.wrong() + 1, nowNanos));
    }

    synchronized void right(String address) {
        addresses.remove(address);
    }
}
