package io.jverto.media.audio;

import io.jverto.media.mixer.Pcm;
import java.util.Arrays;

/// What one hears who listens in on a channel, and what he says there. [ListenPoint] is the other end of the rings.
final class ListenSource implements SoundSource {
    /// More frames than this are not under way, but late: 20 ms are in the ring while the other thread's tick is awaited.
    private static final int MAX_WAITING = 2;

    private final PcmRing in;
    private final PcmRing out;
    private final short[] said = new short[2 * Frame.SAMPLES];

    ListenSource(PcmRing in, PcmRing out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public int channels() {
        return 2;
    }

    @Override
    public boolean listens() {
        return true;
    }

    @Override
    public void said(short[] pcm, int channels) {
        Pcm.convert(pcm, channels, said, 2, Frame.SAMPLES);
        out.offer(said); // where nobody takes it, nobody hears it
    }

    @Override
    public boolean fill(short[] pcm) {
        if (in.ended()) {
            return false;
        }
        poll(in, pcm);
        return true;
    }

    /// Takes the next frame, or silence; leaves out what is late.
    static boolean poll(PcmRing ring, short[] pcm) {
        boolean there = ring.poll(pcm);
        while (ring.size() >= MAX_WAITING) {
            ring.poll(pcm);
        }
        if (!there) {
            Arrays.fill(pcm, 0, ring.frameValues(), (short) 0);
        }
        return there;
    }
}
