package io.jverto.media.jitter;

/// Limits of a jitter buffer.
///
/// @param clock ticks of the RTP timestamp in a second
/// @param minMillis the least delay that it adapts to
/// @param startMillis delay until there are measurements (media-rtc.md section 18, 15)
/// @param maxMillis the greatest delay that it adapts to
/// @param discontinuousBytes payloads up to this long announce that the sender is silent (Opus DTX: 2, else 0)
public record JitterConfig(int clock, int minMillis, int startMillis, int maxMillis, int discontinuousBytes) {
    /// @return the usual limits
    public static JitterConfig of(int clock, int discontinuousBytes) {
        return new JitterConfig(clock, 20, 60, 400, discontinuousBytes);
    }

    int ticks(int millis) {
        return (int) ((long) clock * millis / 1000);
    }
}
