package io.jverto.switchboard.directory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes whoever fails too often wait: twice as long after each failure, by address and by user name. Bounded: under a
/// flood of new names the oldest are forgotten. Thread-safe.
public final class LoginThrottle {
    /// Wrong passwords before a user name has to wait; people mistype.
    public static final int FREE_FOR_USER = 5;
    /// Wrong passwords before an address has to wait; a whole company may be behind one.
    public static final int FREE_FOR_ADDRESS = 20;

    private static final int MAX_ENTRIES = 20_000;
    private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
    /// Short, since a stranger can make a user wait.
    private static final long LONGEST_WAIT = Duration.ofSeconds(64).toNanos();
    private static final long FORGET = Duration.ofMinutes(10).toNanos();

    private final Map<String, Failures> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /// @return whether a login may be looked at now
    public boolean allows(long nowNanos, String address, String user) {
        return !pause(nowNanos, address, user).isPositive();
    }

    /// @return how long from now no login is looked at; zero when one is
    public synchronized Duration pause(long nowNanos, String address, String user) {
        return Duration.ofNanos(Math.max(pause(nowNanos, "a:" + address), pause(nowNanos, "u:" + user)));
    }

    public synchronized void failed(long nowNanos, String address, String user) {
        failed(nowNanos, "a:" + address, FREE_FOR_ADDRESS);
        failed(nowNanos, "u:" + user, FREE_FOR_USER);
    }

    /// The right password clears the user's record; the address keeps its own, or an attacker could clear it with an
    /// account that he owns.
    public synchronized void succeeded(String user) {
        entries.remove("u:" + user);
    }

    /// @return names and addresses remembered
    synchronized int size() {
        return entries.size();
    }

    private long pause(long nowNanos, String key) {
        Failures failures = entries.get(key);
        return failures == null ? 0 : Math.max(0, failures.notBefore - nowNanos);
    }

    private void failed(long nowNanos, String key, int free) {
        Failures before = entries.get(key);
        int count = before == null || nowNanos - before.last > FORGET ? 1 : before.count + 1;
        int doublings = Math.min(count - free - 1, 62);
        long wait = count <= free ? 0 : Math.min(LONGEST_WAIT, doublings > 10 ? LONGEST_WAIT : FIRST_WAIT << doublings);
        entries.put(key, new Failures(count, nowNanos, nowNanos + wait));
    }

    private record Failures(int count, long last, long notBefore) {}
}
