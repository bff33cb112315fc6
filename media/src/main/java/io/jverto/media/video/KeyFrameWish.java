package io.jverto.media.video;

/// When to ask a sender for a key frame: at once, but not again before it had time to make one, however many wish for it
/// (media-rtc.md section 15). Asks again while none comes, less and less often.
public final class KeyFrameWish {
    /// A browser makes one within two frames; the rest is the way there and back.
    static final long INTERVAL_NANOS = 300_000_000L;
    /// A sender that makes none in spite of this often asking makes none.
    static final int MAX_TIMES = 20;
    private static final int SLOWER_AFTER = 3;
    private static final long SLOW_NANOS = 1_000_000_000L;

    private boolean wanted;
    private boolean asked;
    private long askedNanos;
    private int times;

    /// Somebody needs one.
    ///
    /// @return false when one is under way for another one
    public boolean want() {
        boolean first = !wanted;
        times = first ? 0 : times;
        wanted = true;
        return first;
    }

    /// One begins: all are served.
    public void arrived() {
        wanted = false;
    }

    /// @return whether to ask now; each true is one time
    public boolean isDue(long nowNanos) {
        if (!wanted || nowNanos - deadline(nowNanos) < 0) {
            return false;
        }
        times++;
        wanted = times < MAX_TIMES;
        asked = true;
        askedNanos = nowNanos;
        return true;
    }

    /// @return when to look again, `Long.MAX_VALUE` when nobody wants one
    public long deadline(long nowNanos) {
        if (!wanted) {
            return Long.MAX_VALUE;
        }
        return asked ? askedNanos + (times < SLOWER_AFTER ? INTERVAL_NANOS : SLOW_NANOS) : nowNanos;
    }
}
