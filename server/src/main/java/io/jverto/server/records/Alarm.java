package io.jverto.server.records;

import io.jverto.base.time.TimeSource;
import java.time.Duration;

/// Lets a trouble be logged when it begins, and again from time to time while it lasts. Thread-safe.
final class Alarm {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final TimeSource time;
    private boolean ringing;
    private long lastNanos;
    private long since;

    Alarm(TimeSource time) {
        this.time = time;
    }

    /// Notes so many troubles.
    ///
    /// @return how many there were since it was last said, 0 when it is not to be said now
    synchronized long rings(long many) {
        since += many;
        if (ringing && time.nanoTime() - lastNanos < SILENCE.toNanos()) {
            return 0;
        }
        long told = since;
        ringing = true;
        lastNanos = time.nanoTime();
        since = 0;
        return told;
    }

    /// @return whether the trouble has just ended
    synchronized boolean ends() {
        boolean ended = ringing;
        ringing = false;
        since = 0;
        return ended;
    }
}
