package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.DtmfDetector;
import io.jverto.media.mixer.Pcm;

/// Tells digits that a channel says as tones. The tones stay in its sound.
@OwnedBy(Role.MIXER_TICK)
public final class InbandDigits implements Insert {
    private final DtmfDetector detector;
    private final short[] mono = new short[Frame.SAMPLES];

    /// @param heard told each digit at its end; must not wait
    public InbandDigits(DtmfDetector.Heard heard) {
        this.detector = new DtmfDetector(heard);
    }

    @Override
    public Place place() {
        return Place.DETECT;
    }

    @Override
    public void said(short[] pcm, int channels) {
        Pcm.convert(pcm, channels, mono, 1, Frame.SAMPLES);
        detector.onSamples(mono, Frame.SAMPLES);
    }

    @Override
    public void heard(short[] pcm, int channels) {
        // digits in what it hears are those of others
    }
}
