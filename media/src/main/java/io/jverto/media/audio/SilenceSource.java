package io.jverto.media.audio;

import java.util.Arrays;

/// Digital silence for a while.
final class SilenceSource implements SoundSource {
    private final boolean endless;
    private long framesLeft;

    /// @param millis rounded up to whole frames; -1 for ever
    SilenceSource(int millis) {
        this.endless = millis < 0;
        this.framesLeft = (millis + 19L) / 20;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public boolean fill(short[] pcm) {
        if (!endless && framesLeft-- <= 0) {
            return false;
        }
        Arrays.fill(pcm, 0, Frame.SAMPLES, (short) 0);
        return true;
    }
}
