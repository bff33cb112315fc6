package io.jverto.switchboard.voicemail;

import io.jverto.switchboard.port.UserId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Passwords of mailboxes are short: after many wrong ones in a row, by however many calls, a mailbox stays closed for a while. Thread-safe.
final class LoginGuard {
    static final int MAX_WRONG = 10;
    static final Duration CLOSED = Duration.ofMinutes(10);
    private static final int MAX_MAILBOXES = 10_000;

    private final Map<UserId, Wrong> wrong = new LinkedHashMap<>();

    private record Wrong(int times, long lastNanos) {}

    synchronized boolean mayTry(UserId box, long nowNanos) {
        Wrong before = wrong.get(box);
        if (before != null && nowNanos - before.lastNanos >= CLOSED.toNanos()) {
            wrong.remove(box);
            return true;
        }
        return before == null || before.times < MAX_WRONG;
    }

    synchronized void tried(UserId box, boolean right, long nowNanos) {
        Wrong before = wrong.remove(box);
        if (!right) {
            if (wrong.size() >= MAX_MAILBOXES) {
                wrong.remove(wrong.keySet().iterator().next());
            }
            wrong.put(box, new Wrong(before == null ? 1 : before.times + 1, nowNanos));
        }
    }
}
