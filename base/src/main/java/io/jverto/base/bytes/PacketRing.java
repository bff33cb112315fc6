package io.jverto.base.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Packets from one thread to one other, copied into slots. A slot has room for a packet of a call's sound; the first longer one makes it
/// as large as any may be, so that nothing is allocated per packet in the long run. With a thousand calls a packet costs as much as the
/// number of places in memory that it touches, hence counters without objects, and tag and length side by side.
/// Full means the newest packet is refused, and the writer counts it.
public final class PacketRing {
    /// 20 ms of Opus in stereo, of G.711 and G.722, with what stands before it.
    private static final int FIRST_BYTES = 400;
    private static final VarHandle READ;
    private static final VarHandle WRITTEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            READ = lookup.findVarHandle(PacketRing.class, "read", int.class);
            WRITTEN = lookup.findVarHandle(PacketRing.class, "written", int.class);
        } catch (ReflectiveOperationException bug) {
            throw new ExceptionInInitializerError(bug);
        }
    }

    private final byte[][] slots;
    /// Of each slot the tag and the length.
    private final long[] labels;
    private final int mask;
    private final int maxBytes;
    /// Packets read ever, counted by the reading thread.
    private int read;
    /// Packets written ever, counted by the writing thread.
    private int written;

    /// @param packets slots, rounded up to a power of two
    /// @param maxBytes a longer packet is refused
    public PacketRing(int packets, int maxBytes) {
        int size = Integer.highestOneBit(Math.max(2, packets) - 1) << 1;
        this.slots = new byte[size][Math.min(FIRST_BYTES, maxBytes)];
        this.labels = new long[2 * size];
        this.mask = size - 1;
        this.maxBytes = maxBytes;
    }

    /// Copies a packet in. Only the writing thread calls it.
    ///
    /// @param tag a number that travels with the packet, for instance its arrival in nanoseconds
    /// @return false when the ring is full or the packet is too long
    public boolean offer(long tag, byte[] from, int offset, int length) {
        return offer(tag, from, 0, from, offset, length);
    }

    /// Copies a packet in that stands in two places: `head[0 .. headLength)`, then `from[offset .. offset + length)`.
    public boolean offer(long tag, byte[] head, int headLength, byte[] from, int offset, int length) {
        int at = written;
        int whole = headLength + length;
        if (at - (int) READ.getAcquire(this) > mask || whole > maxBytes) {
            return false;
        }
        int slot = at & mask;
        if (whole > slots[slot].length) {
            slots[slot] = new byte[maxBytes]; // the reader has done with it, and sees the new one with the packet
        }
        System.arraycopy(head, 0, slots[slot], 0, headLength);
        System.arraycopy(from, offset, slots[slot], headLength, length);
        labels[2 * slot] = tag;
        labels[2 * slot + 1] = whole;
        WRITTEN.setRelease(this, at + 1);
        return true;
    }

    /// Shows the oldest packet to `reader` and frees its slot. Only the reading thread calls it; the bytes are the
    /// reader's until the call returns.
    ///
    /// @return false when there is none
    public boolean poll(Reader reader) {
        int at = read;
        if (at == (int) WRITTEN.getAcquire(this)) {
            return false;
        }
        int slot = at & mask;
        reader.onPacket(labels[2 * slot], slots[slot], (int) labels[2 * slot + 1]);
        READ.setRelease(this, at + 1);
        return true;
    }

    /// Reads what the next [#offer] is going to write to, so that it is near the processor then. Only the writing thread calls it.
    ///
    /// @return of no use
    public int preloadOffer() {
        return preload(written);
    }

    /// Reads what the next [#poll] is going to read. Only the reading thread calls it.
    ///
    /// @return of no use
    public int preloadPoll() {
        return preload(read);
    }

    private int preload(int at) {
        int slot = at & mask;
        return (int) labels[2 * slot] + slots[slot][0];
    }

    /// What looks at a packet.
    @FunctionalInterface
    public interface Reader {
        /// @param bytes the packet is `bytes[0 .. length)`
        void onPacket(long tag, byte[] bytes, int length);
    }
}
