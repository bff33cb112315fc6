package io.jverto.media.jitter;

import io.jverto.media.plan.JitterBounds;

/// Limits of a jitter buffer.
///
/// @param clock ticks of the RTP timestamp in a second
/// @param minMillis the least delay that it adapts to
/// @param startMillis delay until there are measurements (media-rtc.md section 18, 15)
/// @param maxMillis the greatest delay that it adapts to
/// @param discontinuousBytes payloads up to this long announce that the sender is silent (Opus DTX: 2, else 0)
public record JitterConfig(int clock, int minMillis, int startMillis, int maxMillis, int discontinuousBytes) {
    private static final int START_MILLIS = 60;

    /// @return the usual limits
    public static JitterConfig of(int clock, int discontinuousBytes) {
        return of(clock, discontinuousBytes, JitterBounds.DEFAULT);
    }

    /// @return limits within those bounds
    public static JitterConfig of(int clock, int discontinuousBytes, JitterBounds bounds) {
        int start = Math.clamp(START_MILLIS, bounds.minMillis(), bounds.maxMillis());
        return new JitterConfig(clock, bounds.minMillis(), start, bounds.maxMillis(), discontinuousBytes);
    }

    int ticks(int millis) {
        return (int) ((long) clock * millis / 1000);
    }
}
