package io.jverto.media.rtp;

/// Whether a peer loses so much of what we send that redundancy is worth its price, as its receiver reports say (RFC 3550 section 6.4.1).
/// Believed for a while: a peer that says something else in each report changes next to nothing. One thread writes, any reads; never
/// allocates.
public final class PeerLoss {
    /// A packet in a hundred.
    private static final double WORTH_IT = 0.01;
    /// So long with less, and it is over.
    static final long REMEMBERED_NANOS = 30_000_000_000L;
    /// What a report tells counts as whole if it is about so much time: a single packet that was lost is no reason.
    private static final double WHOLE_NANOS = 5e9;
    /// Nobody knows how much time the first one is about.
    private static final double FIRST_WEIGHT = 0.2;

    private volatile boolean losing;
    private boolean reported;
    private double level;
    private boolean judged;
    private long judgedNanos;
    private long worthItNanos;

    /// Takes what the peer says.
    ///
    /// @param fractionLost of the packets since its last report, in 1/256
    public void reported(long nowNanos, int fractionLost) {
        reported = true;
        judge(nowNanos, fractionLost);
    }

    /// Takes what we lost of the peer's own packets. It counts until the peer has reported, which browsers do after up to seven seconds:
    /// a bad network is mostly bad both ways.
    ///
    /// @param fractionLost of the packets since the last call, in 1/256
    public void missed(long nowNanos, int fractionLost) {
        if (!reported) {
            judge(nowNanos, fractionLost);
        }
    }

    private void judge(long nowNanos, int fractionLost) {
        double weight = judged ? Math.clamp((nowNanos - judgedNanos) / WHOLE_NANOS, 0, 1) : FIRST_WEIGHT;
        judged = true;
        judgedNanos = nowNanos;
        level += (fractionLost / 256.0 - level) * weight;
        if (level >= WORTH_IT) {
            worthItNanos = nowNanos;
            losing = true;
        } else if (losing && nowNanos - worthItNanos >= REMEMBERED_NANOS) {
            losing = false;
        }
    }

    /// @return whether redundancy is worth it
    public boolean losing() {
        return losing;
    }
}
