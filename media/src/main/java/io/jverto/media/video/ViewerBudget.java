package io.jverto.media.video;

/// How much a viewer is sent at most, from what it says that it can take. What it says is never much more than what it is sent, so it cannot tell how
/// much more would do: more is tried now and then, and less often after each time that it was too much.
public final class ViewerBudget {
    /// Pauses between two tries.
    static final long FIRST_PAUSE_NANOS = 5_000_000_000L;
    static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;
    /// It is too much when the viewer says less than this share of it for so long.
    private static final double TOO_MUCH = 0.85;
    static final long PATIENCE_NANOS = 700_000_000L;
    /// By how much a try goes up; one size has about three times the bits of the one below.
    private static final double STEP = 2;
    /// What is left over for sound and what is sent again.
    private static final double SHARE = 0.95;
    private static final int LEAST_KBPS = 30;
    private static final int MOST_KBPS = 1_000_000;

    private int limit;
    private long overSinceNanos = Long.MIN_VALUE;
    private long changedNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    /// The viewer says how much it can take.
    ///
    /// @param kbps that it says
    /// @param sentKbps what it was sent in the last second
    public void onReport(long nowNanos, int kbps, int sentKbps) {
        if (kbps >= TOO_MUCH * sentKbps) {
            overSinceNanos = Long.MIN_VALUE;
        } else if (overSinceNanos == Long.MIN_VALUE) {
            overSinceNanos = nowNanos;
        } else if (nowNanos - overSinceNanos >= PATIENCE_NANOS) {
            pauseNanos = limit == 0 ? pauseNanos : Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
            limit = Math.max(LEAST_KBPS, (int) (SHARE * kbps));
            changedNanos = nowNanos;
            overSinceNanos = Long.MIN_VALUE;
        }
    }

    /// @return kilobits in a second, 0 for no limit
    public int kbps(long nowNanos, int sentKbps) {
        if (limit > 0 && overSinceNanos == Long.MIN_VALUE && nowNanos - changedNanos >= pauseNanos) {
            changedNanos = nowNanos;
            limit = (int) Math.min(MOST_KBPS, STEP * Math.max(limit, sentKbps));
        }
        return limit;
    }
}
