package io.jverto.media.video;

/// Which packets of one stream are missing, and when to ask for each (RFC 4585 section 6.2.1). Asks again after a round trip; gives up on what is
/// of no use any more.
public final class LossTracker {
    /// Missing at a time; at 2 Mbit/s more than a second.
    static final int MAX_MISSING = 256;
    static final int MAX_TIMES = 10;
    /// The picture has gone on without it.
    static final long MAX_AGE_NANOS = 1_500_000_000L;
    /// Networks swap packets that lie closer together than this.
    static final long REORDER_NANOS = 5_000_000L;
    private static final long LEAST_INTERVAL_NANOS = 30_000_000L;

    private final int[] sequences = new int[MAX_MISSING];
    private final long[] missedNanos = new long[MAX_MISSING];
    private final long[] dueNanos = new long[MAX_MISSING];
    private final int[] times = new int[MAX_MISSING];
    private int missing;
    private boolean started;
    private int highest;
    private int givenUp;

    /// Another stream begins.
    public void restart() {
        started = false;
        missing = 0;
    }

    /// Notes a packet.
    ///
    /// @param sequence 0 to 65535
    /// @return false when so many are missing that asking for them is of no use: a key frame is
    public boolean onPacket(long nowNanos, int sequence) {
        if (!started) {
            started = true;
            highest = sequence;
            return true;
        }
        int ahead = (short) (sequence - highest);
        if (ahead <= 0) {
            found(sequence);
            return true;
        }
        boolean bearable = ahead - 1 <= MAX_MISSING - missing;
        if (!bearable) {
            givenUp += missing;
            missing = 0;
        }
        for (int gap = 1; bearable && gap < ahead; gap++) {
            sequences[missing] = highest + gap & 0xffff;
            missedNanos[missing] = nowNanos;
            dueNanos[missing] = nowNanos + REORDER_NANOS;
            times[missing++] = 0;
        }
        highest = sequence;
        return bearable;
    }

    private void found(int sequence) {
        for (int i = 0; i < missing; i++) {
            if (sequences[i] == sequence) {
                remove(i);
                return;
            }
        }
    }

    private void remove(int at) {
        int moved = --missing - at;
        System.arraycopy(sequences, at + 1, sequences, at, moved);
        System.arraycopy(missedNanos, at + 1, missedNanos, at, moved);
        System.arraycopy(dueNanos, at + 1, dueNanos, at, moved);
        System.arraycopy(times, at + 1, times, at, moved);
    }

    /// Finds what to ask for now, oldest first.
    ///
    /// @param roundTripNanos to the sender and back, 0 when unknown
    /// @param to filled from its beginning
    /// @return how many
    public int due(long nowNanos, long roundTripNanos, int[] to) {
        int count = 0;
        for (int i = 0; i < missing && count < to.length;) {
            if (times[i] >= MAX_TIMES && dueNanos[i] - nowNanos <= 0 || nowNanos - missedNanos[i] > MAX_AGE_NANOS) {
                remove(i);
                givenUp++;
                continue;
            }
            if (dueNanos[i] - nowNanos <= 0) {
                to[count++] = sequences[i];
                times[i]++;
                dueNanos[i] = nowNanos + Math.max(LEAST_INTERVAL_NANOS, roundTripNanos + REORDER_NANOS);
            }
            i++;
        }
        return count;
    }

    /// @return when to call [#due] again, `Long.MAX_VALUE` when nothing is missing
    public long deadline() {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < missing; i++) {
            earliest = Math.min(earliest, dueNanos[i]);
        }
        return earliest;
    }

    /// @return how many were given up since the last call: the picture is damaged
    public int takeGivenUp() {
        int count = givenUp;
        givenUp = 0;
        return count;
    }
}
