package io.jverto.base.bytes;

import java.util.concurrent.atomic.AtomicInteger;

/// Packets from one thread to one other, copied into slots. A slot has room for a packet of a call's sound; the first longer one makes it
/// as large as any may be, so that nothing is allocated per packet in the long run.
/// Full means the newest packet is refused, and the writer counts it.
public final class PacketRing {
    /// 20 ms of Opus in stereo, of G.711 and G.722, with what stands before it.
    private static final int FIRST_BYTES = 400;

    private final byte[][] slots;
    private final int[] lengths;
    private final long[] tags;
    private final int mask;
    private final int maxBytes;
    private final AtomicInteger head = new AtomicInteger();
    private final AtomicInteger tail = new AtomicInteger();

    /// @param packets slots, rounded up to a power of two
    /// @param maxBytes a longer packet is refused
    public PacketRing(int packets, int maxBytes) {
        int size = Integer.highestOneBit(Math.max(2, packets) - 1) << 1;
        this.slots = new byte[size][Math.min(FIRST_BYTES, maxBytes)];
        this.lengths = new int[size];
        this.tags = new long[size];
        this.mask = size - 1;
        this.maxBytes = maxBytes;
    }

    /// Copies a packet in. Only the writing thread calls it.
    ///
    /// @param tag a number that travels with the packet, for instance its arrival in nanoseconds
    /// @return false when the ring is full or the packet is too long
    public boolean offer(long tag, byte[] from, int offset, int length) {
        int at = tail.getPlain();
        if (at - head.getAcquire() > mask || length > maxBytes) {
            return false;
        }
        int slot = at & mask;
        if (length > slots[slot].length) {
            slots[slot] = new byte[maxBytes]; // the reader has done with it, and sees the new one with the packet
        }
        System.arraycopy(from, offset, slots[slot], 0, length);
        lengths[slot] = length;
        tags[slot] = tag;
        tail.setRelease(at + 1);
        return true;
    }

    /// Shows the oldest packet to `reader` and frees its slot. Only the reading thread calls it; the bytes are the
    /// reader's until the call returns.
    ///
    /// @return false when there is none
    public boolean poll(Reader reader) {
        int at = head.getPlain();
        if (at == tail.getAcquire()) {
            return false;
        }
        int slot = at & mask;
        reader.onPacket(tags[slot], slots[slot], lengths[slot]);
        head.setRelease(at + 1);
        return true;
    }

    /// What looks at a packet.
    @FunctionalInterface
    public interface Reader {
        /// @param bytes the packet is `bytes[0 .. length)`
        void onPacket(long tag, byte[] bytes, int length);
    }
}
