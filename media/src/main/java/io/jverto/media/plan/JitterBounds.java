package io.jverto.media.plan;

/// What the delay of an adaptive jitter buffer may be (media-rtc.md section 11.1).
///
/// @param minMillis at least 20
/// @param maxMillis at most [#LIMIT_MILLIS], not below the least
public record JitterBounds(int minMillis, int maxMillis) {
    /// One packet of 20 ms: the mixer reads in steps of that.
    public static final int LEAST_MILLIS = 20;
    /// Beyond this nobody can talk to each other, and the buffer measures no further.
    public static final int LIMIT_MILLIS = 500;
    /// Packets are played as they come.
    public static final JitterBounds LEAST = new JitterBounds(LEAST_MILLIS, LEAST_MILLIS);
    /// One to twenty packets, as the reference server's `1p:20p`.
    public static final JitterBounds DEFAULT = new JitterBounds(LEAST_MILLIS, 400);
}
