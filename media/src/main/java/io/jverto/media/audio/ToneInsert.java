package io.jverto.media.audio;

import io.jverto.media.mixer.Pcm;
import io.jverto.media.mixer.ToneDetector;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;

/// Looks for tones in what a channel says, or in what it hears.
public final class ToneInsert implements Insert {
    private final ToneDetector detector;
    private final Way way;
    private final short[] mono = new short[Frame.SAMPLES];

    /// @param found told once, on a media thread; must not wait
    public ToneInsert(Tones tones, Way way, Runnable found) {
        this.detector = new ToneDetector(tones, found);
        this.way = way;
    }

    @Override
    public Place place() {
        return Place.DETECT;
    }

    @Override
    public void said(short[] pcm, int channels) {
        look(Way.SAID, pcm, channels);
    }

    @Override
    public void heard(short[] pcm, int channels) {
        look(Way.HEARD, pcm, channels);
    }

    private void look(Way here, short[] pcm, int channels) {
        if (here == way) {
            Pcm.convert(pcm, channels, mono, 1, Frame.SAMPLES);
            detector.onSamples(mono, Frame.SAMPLES);
        }
    }
}
