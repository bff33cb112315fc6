package io.jverto.media.audio;

/// Where a recording's sound goes.
///
/// @param waiting called when there is something to write; must not wait
/// @param clock when the first frame was taken
/// @param due frames in the ring from which on that is so
public record RecordTarget(PcmRing ring, Runnable waiting, TakeClock clock, int due) {
    public RecordTarget(PcmRing ring, Runnable waiting) {
        this(ring, waiting, ring.capacity() / 4);
    }

    public RecordTarget(PcmRing ring, Runnable waiting, int due) {
        this(ring, waiting, new TakeClock(), due);
    }

    public RecordTarget(PcmRing ring, Runnable waiting, TakeClock clock) {
        this(ring, waiting, clock, ring.capacity() / 4);
    }

    /// Counts what does not fit, and calls the writer in time.
    void take(short[] frame, AudioCounters counters) {
        if (ring.offer(frame)) {
            clock.taken();
        } else {
            counters.audio().increment(AudioCount.FRAMES_UNRECORDED);
        }
        if (ring.size() >= due) {
            waiting.run();
        }
    }
}
