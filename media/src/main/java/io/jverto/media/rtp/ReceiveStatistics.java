package io.jverto.media.rtp;

/// What was received of one SSRC: extended sequence numbers, loss and jitter (RFC 3550 sections A.1, A.3 and A.8).
/// A jump of the sequence is believed when the next packet follows it: then the sender has restarted and counting begins anew.
public final class ReceiveStatistics {
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int CYCLE = 1 << 16;
    private static final int MAX_CUMULATIVE = 0x7f_ffff;
    private static final int NO_JUMP = -1;

    private int clock;
    private boolean started;
    private long base;
    private long highest;
    private int jumpedTo = NO_JUMP;

    private long received;
    private long earlierLost;
    private long expectedAtReport;
    private long receivedAtReport;
    private int fractionLost;

    private long lastTransit;
    private long lastNanos;
    private int lastTimestamp;
    private boolean hasTransit;
    private double jitter;

    /// @param clock ticks of the RTP timestamp in a second
    public ReceiveStatistics(int clock) {
        this.clock = clock;
    }

    /// Forgets all; the next packet is the first of another source or clock.
    public void restart(int newClock) {
        earlierLost += lostNow();
        clock = newClock;
        started = false;
        hasTransit = false;
        jitter = 0;
    }

    /// Counts a packet.
    ///
    /// @return false when its sequence number is so far off that the packet should not be used
    public boolean onPacket(long nowNanos, int sequence, int timestamp) {
        if (!onPacket(sequence)) {
            return false;
        }
        measureJitter(nowNanos, timestamp);
        return true;
    }

    /// Counts a packet whose timestamp says nothing about jitter, such as a telephone event.
    ///
    /// @return false when its sequence number is so far off that the packet should not be used
    public boolean onPacket(int sequence) {
        if (!started) {
            start(sequence);
        } else if (!advance(sequence)) {
            return false;
        }
        received++;
        return true;
    }

    private boolean advance(int sequence) {
        int ahead = sequence - (int) highest & 0xffff;
        if (ahead < MAX_DROPOUT) {
            highest += ahead;
            jumpedTo = NO_JUMP;
        } else if (ahead <= CYCLE - MAX_MISORDER) {
            // RFC 3550 section A.1: two in a row after a large jump mean that the other side has restarted.
            if (sequence != jumpedTo) {
                jumpedTo = sequence + 1 & 0xffff;
                return false;
            }
            earlierLost += lostNow();
            start(sequence);
        }
        return true;
    }

    private void start(int sequence) {
        started = true;
        base = sequence;
        highest = sequence;
        jumpedTo = NO_JUMP;
        received = 0;
        expectedAtReport = 0;
        receivedAtReport = 0;
        fractionLost = 0;
    }

    private void measureJitter(long nowNanos, int timestamp) {
        long arrival = nowNanos / 1000 * clock / 1_000_000;
        long transit = arrival - timestamp & 0xffff_ffffL;
        if (hasTransit) {
            int difference = Math.abs((int) (transit - lastTransit));
            // A timestamp that jumps by more than a second is another timeline, not jitter.
            if (difference < clock) {
                jitter += (difference - jitter) / 16;
            }
        }
        lastTransit = transit;
        lastNanos = nowNanos;
        lastTimestamp = timestamp;
        hasTransit = true;
    }

    /// @return whether there is a packet for [#wayNanos]
    public boolean knowsWay() {
        return hasTransit;
    }

    /// How long the last packet was under way, up to what the clocks of both sides differ by, which is the same for all streams of a sender.
    ///
    /// @param reportNanos when a sender report was made (RFC 3550 section 6.4.1), by our clock
    /// @param reportTimestamp of the stream at that instant
    public long wayNanos(long reportNanos, int reportTimestamp) {
        return lastNanos - reportNanos - (lastTimestamp - reportTimestamp) * 1_000_000_000L / clock;
    }

    /// Closes an interval between two reports (RFC 3550 section A.3); [#fractionLost] is about it.
    public void closeInterval() {
        long expected = expected() - expectedAtReport;
        long lost = expected - (received - receivedAtReport);
        expectedAtReport = expected();
        receivedAtReport = received;
        fractionLost = expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
    }

    /// @return whether anything was received since the last restart
    public boolean started() {
        return started;
    }

    /// @return lost in the last closed interval, in 1/256
    public int fractionLost() {
        return fractionLost;
    }

    /// @return lost since the source started, clamped to the 24 bits of a report block
    public int cumulativeLost() {
        return (int) Math.clamp(expected() - received, -MAX_CUMULATIVE - 1L, MAX_CUMULATIVE);
    }

    /// @return lost since the beginning over all sources
    public long totalLost() {
        return earlierLost + lostNow();
    }

    /// @return highest sequence number with the cycles above (RFC 3550 section 6.4.1)
    public int highestSequence() {
        return (int) highest;
    }

    /// @return interarrival jitter in timestamp units
    public int jitter() {
        return (int) jitter;
    }

    /// @return interarrival jitter in milliseconds
    public double jitterMillis() {
        return jitter * 1000 / clock;
    }

    private long lostNow() {
        return started ? Math.max(0, expected() - received) : 0;
    }

    private long expected() {
        return started ? highest - base + 1 : 0;
    }
}
