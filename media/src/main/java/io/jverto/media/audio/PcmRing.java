package io.jverto.media.audio;

import java.util.concurrent.atomic.AtomicInteger;

/// 20 ms frames of 48 kHz PCM from one thread to one other, copied into slots that were made at the start: between the thread of a
/// file and a tick thread, which never waits for a disk. Bounded: the writer keeps what does not fit, or counts it.
public final class PcmRing {
    private final short[][] slots;
    private final int mask;
    private final int channels;
    private final AtomicInteger head = new AtomicInteger();
    private final AtomicInteger tail = new AtomicInteger();
    private volatile End end = End.OPEN;

    private enum End { OPEN, OVER, FAILED }

    /// @param frames slots, rounded up to a power of two
    /// @param channels 1, or 2 interleaved
    public PcmRing(int frames, int channels) {
        int size = Integer.highestOneBit(Math.max(2, frames) - 1) << 1;
        this.slots = new short[size][Frame.SAMPLES * channels];
        this.mask = size - 1;
        this.channels = channels;
    }

    public int channels() {
        return channels;
    }

    /// @return frames that fit in
    public int capacity() {
        return slots.length;
    }

    /// @return values in a frame, of all channels
    public int frameValues() {
        return Frame.SAMPLES * channels;
    }

    /// @return frames that are in it, a moment ago
    public int size() {
        return tail.getAcquire() - head.getAcquire();
    }

    /// Copies a frame in. Only the writing thread calls it.
    ///
    /// @return false when the ring is full
    public boolean offer(short[] frame) {
        int at = tail.getPlain();
        if (at - head.getAcquire() > mask) {
            return false;
        }
        System.arraycopy(frame, 0, slots[at & mask], 0, frameValues());
        tail.setRelease(at + 1);
        return true;
    }

    /// Copies the oldest frame out. Only the reading thread calls it.
    ///
    /// @return false when there is none
    public boolean poll(short[] frame) {
        int at = head.getPlain();
        if (at == tail.getAcquire()) {
            return false;
        }
        System.arraycopy(slots[at & mask], 0, frame, 0, frameValues());
        head.setRelease(at + 1);
        return true;
    }

    /// Nothing more comes, or nothing more is taken.
    public void end(boolean failed) {
        end = failed ? End.FAILED : End.OVER;
    }

    public boolean ended() {
        return end != End.OPEN;
    }

    public boolean failed() {
        return end == End.FAILED;
    }
}
