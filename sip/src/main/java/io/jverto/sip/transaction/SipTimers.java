package io.jverto.sip.transaction;

import io.jverto.base.Broken;
import java.time.Duration;

/// The times that all others are made of (RFC 3261 appendix A). Nanoseconds.
///
/// @param t1 a round trip
/// @param t2 the longest time between repetitions
/// @param t4 how long a datagram may be on its way
public record SipTimers(long t1, long t2, long t4) {
    public static final SipTimers STANDARD = of(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));

    public SipTimers {
        if (t1 <= 0 || t2 < t1 || t4 <= 0) {
            throw new Broken("timers out of order");
        }
    }

    public static SipTimers of(Duration t1, Duration t2, Duration t4) {
        return new SipTimers(t1.toNanos(), t2.toNanos(), t4.toNanos());
    }

    /// Timers B, F, H, J, L and M: when all repetitions were in vain.
    public long giveUp() {
        return 64 * t1;
    }

    /// Timer D: as long as a server of any timers may repeat itself.
    long absorb() {
        return Math.max(giveUp(), Duration.ofSeconds(32).toNanos());
    }
}
