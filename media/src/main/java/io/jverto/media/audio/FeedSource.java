package io.jverto.media.audio;

import java.util.Arrays;

/// Plays what another thread puts into a ring. Where that thread is late there is silence, which is counted; before its first frame
/// it is not late, but opens its file.
public final class FeedSource implements SoundSource {
    private final PcmRing ring;
    private final Runnable hungry;
    private final AudioCounters counters;
    private final boolean each;
    private boolean begun;

    /// @param hungry called when the ring is half empty; must not wait
    public FeedSource(PcmRing ring, Runnable hungry, AudioCounters counters) {
        this(ring, hungry, counters, false);
    }

    /// @param each whether `hungry` is called for each frame: something goes along with the sound
    public FeedSource(PcmRing ring, Runnable hungry, AudioCounters counters, boolean each) {
        this.each = each;
        this.ring = ring;
        this.hungry = hungry;
        this.counters = counters;
    }

    @Override
    public int channels() {
        return ring.channels();
    }

    @Override
    public boolean fill(short[] pcm) {
        boolean over = ring.ended(); // asked first: what was put in before the end is played
        if (ring.poll(pcm)) {
            begun = true;
            if (each || ring.size() == ring.capacity() / 2) {
                hungry.run();
            }
            return true;
        }
        if (over) {
            return false;
        }
        if (begun) {
            counters.audio().increment(AudioCount.FILES_UNDERRUN);
            hungry.run();
        }
        Arrays.fill(pcm, 0, ring.frameValues(), (short) 0);
        return true;
    }

    @Override
    public boolean failed() {
        return ring.failed();
    }
}
