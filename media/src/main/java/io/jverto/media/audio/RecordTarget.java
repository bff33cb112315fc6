package io.jverto.media.audio;

/// Where a recording's sound goes.
///
/// @param waiting called when there is something to write; must not wait
public record RecordTarget(PcmRing ring, Runnable waiting, TakeClock clock) {
    public RecordTarget(PcmRing ring, Runnable waiting) {
        this(ring, waiting, new TakeClock());
    }

    /// Counts what does not fit, and calls the writer in time.
    void take(short[] frame, AudioCounters counters) {
        if (ring.offer(frame)) {
            clock.taken();
        } else {
            counters.audio().increment(AudioCount.FRAMES_UNRECORDED);
        }
        if (ring.size() >= ring.capacity() / 4) {
            waiting.run();
        }
    }
}
