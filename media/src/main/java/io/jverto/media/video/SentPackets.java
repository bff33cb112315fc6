package io.jverto.media.video;

/// The last packets that were sent, for those who ask for some again (RFC 4585 section 6.2.1). About a second of 2 Mbit/s; room is made at the
/// first packet. How often the same one and all together are given again is limited: a storm of wishes costs nothing.
public final class SentPackets {
    static final int PACKETS = 512;
    static final int BYTES = 1 << 18;
    /// Of one packet; sooner it is still on its way.
    static final long INTERVAL_NANOS = 20_000_000L;
    /// All together: so many at once, and so many in a second.
    static final int BURST = 256;
    static final int PER_SECOND = 512;

    private static final long SECOND = 1_000_000_000L;
    private static final int MASK = PACKETS - 1;

    private byte[] bytes = new byte[0];
    private final long[] starts = new long[PACKETS];
    private final int[] lengths = new int[PACKETS];
    private final int[] sequences = new int[PACKETS];
    private final int[] timestamps = new int[PACKETS];
    private final boolean[] markers = new boolean[PACKETS];
    private final long[] againNanos = new long[PACKETS];
    /// Bytes written in all, those left out at the end of the array included.
    private long written;
    private int budget = BURST;
    private long budgetNanos;
    private int found;

    /// Keeps a payload.
    ///
    /// @param sequence 0 to 65535
    public void keep(long nowNanos, int sequence, int timestamp, boolean marker, byte[] from, int offset, int length) {
        if (bytes.length == 0) {
            bytes = new byte[BYTES];
            budgetNanos = nowNanos;
        }
        int at = (int) (written % BYTES);
        if (at + length > BYTES) {
            written += BYTES - at;
            at = 0;
        }
        System.arraycopy(from, offset, bytes, at, length);
        int slot = sequence & MASK;
        starts[slot] = written;
        lengths[slot] = length;
        sequences[slot] = sequence;
        timestamps[slot] = timestamp;
        markers[slot] = marker;
        againNanos[slot] = nowNanos - INTERVAL_NANOS;
        written += length;
    }

    /// Looks for a packet that is wanted again. What it is stands in the accessors until the next call.
    ///
    /// @return what came of it
    public Again find(long nowNanos, int sequence) {
        int slot = sequence & MASK;
        if (sequences[slot] != sequence || bytes.length == 0 || lengths[slot] == 0 || written - starts[slot] > BYTES) {
            return Again.GONE;
        }
        refill(nowNanos);
        if (budget == 0 || nowNanos - againNanos[slot] < INTERVAL_NANOS) {
            return Again.TOO_OFTEN;
        }
        budget--;
        againNanos[slot] = nowNanos;
        found = slot;
        return Again.HERE;
    }

    private void refill(long nowNanos) {
        long more = (nowNanos - budgetNanos) * PER_SECOND / SECOND;
        if (more > 0) {
            budget = (int) Math.min(BURST, budget + more);
            budgetNanos = nowNanos;
        }
    }

    /// What became of a wish.
    public enum Again {
        HERE,
        /// Never sent, or too long ago.
        GONE,
        TOO_OFTEN
    }

    public byte[] bytes() {
        return bytes;
    }

    /// @return index in [#bytes]
    public int offset() {
        return (int) (starts[found] % BYTES);
    }

    public int length() {
        return lengths[found];
    }

    public int timestamp() {
        return timestamps[found];
    }

    public boolean marker() {
        return markers[found];
    }
}
