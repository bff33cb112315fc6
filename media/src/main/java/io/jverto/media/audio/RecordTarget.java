package io.jverto.media.audio;

/// Where a recording's sound goes.
///
/// @param waiting called when there is something to write; must not wait
public record RecordTarget(PcmRing ring, Runnable waiting) {
    /// Counts what does not fit, and calls the writer in time.
    void take(short[] frame, AudioCounters counters) {
        if (!ring.offer(frame)) {
            counters.audio().increment(AudioCount.FRAMES_UNRECORDED);
        }
        if (ring.size() >= ring.capacity() / 4) {
            waiting.run();
        }
    }
}
