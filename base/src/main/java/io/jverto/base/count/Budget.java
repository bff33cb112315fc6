package io.jverto.base.count;

/// Something of which only so much is had at once, and which grows again with time. Not thread-safe.
public final class Budget {
    private static final double NANOS = 1e9;

    private final long most;
    private final long perSecond;
    private double left;
    private long asOf;

    public Budget(long most, long perSecond, long nowNanos) {
        this.most = most;
        this.perSecond = perSecond;
        this.left = most;
        this.asOf = nowNanos;
    }

    /// @return false when there is not that much left; nothing is taken then
    public boolean take(long nowNanos, long amount) {
        left = Math.min(most, left + (nowNanos - asOf) / NANOS * perSecond);
        asOf = nowNanos;
        boolean enough = left >= amount;
        left -= enough ? amount : 0;
        return enough;
    }
}
