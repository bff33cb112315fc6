package io.jverto.media.ice;

/// A token bucket for binding requests: each costs us an HMAC and a datagram.
final class StunLimit {
    private final long nanosPerToken;
    private final long burst;
    private long tokens;
    private long filledNanos;
    private boolean started;

    StunLimit(int perSecond, int burst) {
        this.nanosPerToken = 1_000_000_000L / perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    boolean take(long nowNanos) {
        if (!started) {
            started = true;
            filledNanos = nowNanos;
        }
        long fresh = (nowNanos - filledNanos) / nanosPerToken;
        if (fresh > 0) {
            tokens = Math.min(burst, tokens + fresh);
            filledNanos += fresh * nanosPerToken;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
