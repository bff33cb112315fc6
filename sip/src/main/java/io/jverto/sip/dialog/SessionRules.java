package io.jverto.sip.dialog;

/// How long calls last that nobody refreshes (RFC 4028).
///
/// @param enabled whether there are session timers at all; without, nobody's wish for one is taken, nor told of
/// @param seconds the interval that we ask for, 0 for none; a peer's is accepted anyway
/// @param leastSeconds the shortest that we accept, 90 at least
/// @param byUpdate whether a peer that takes UPDATE is refreshed by that, and not by INVITE
public record SessionRules(boolean enabled, int seconds, int leastSeconds, boolean byUpdate) {
    public SessionRules {
        leastSeconds = Math.max(SessionTimer.LEAST, leastSeconds);
        seconds = seconds == 0 ? 0 : Math.max(leastSeconds, seconds);
    }

    /// With UPDATE where a peer takes that.
    public static SessionRules of(int seconds, int leastSeconds) {
        return new SessionRules(true, seconds, leastSeconds, true);
    }
}
