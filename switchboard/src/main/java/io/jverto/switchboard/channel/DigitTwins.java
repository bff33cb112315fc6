package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Finds digits that came by another way already (`deduplicate_dtmf`, dialplan-directory.md section 9.3): some telephones send them as event
/// and as tone, and each would count twice.
@OwnedBy(Role.CHANNEL)
final class DigitTwins {
    /// An event is told at its end, a tone at its beginning.
    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_REMEMBERED = 64;

    private final Deque<Came> single = new ArrayDeque<>();
    private Sought sought = Sought.NOTHING;

    /// What does not count.
    enum Sought {
        NOTHING,
        /// What came by another way already.
        TWINS,
        /// All that is no RFC 4733 event.
        ALL_BUT_EVENTS
    }

    /// A digit that counted, and whose twin may still come.
    private record Came(char digit, DigitSource source, long untilNanos) {}

    void seek(Sought wanted) {
        sought = wanted;
        single.clear();
    }

    /// @return whether the digit does not count
    boolean isOne(ChannelEvent.Digit digit, long nowNanos) {
        return switch (sought) {
            case NOTHING -> false;
            case ALL_BUT_EVENTS -> digit.source() != DigitSource.TELEPHONE_EVENT;
            case TWINS -> hasTwin(digit, nowNanos);
        };
    }

    private boolean hasTwin(ChannelEvent.Digit digit, long nowNanos) {
        single.removeIf(came -> came.untilNanos - nowNanos < 0);
        for (Iterator<Came> all = single.iterator(); all.hasNext();) {
            Came came = all.next();
            if (came.digit == digit.digit() && came.source != digit.source()) {
                all.remove();
                return true;
            }
        }
        if (single.size() < MAX_REMEMBERED) {
            single.add(new Came(digit.digit(), digit.source(), nowNanos + WINDOW_NANOS + digit.durationMillis() * 1_000_000L));
        }
        return false;
    }
}
