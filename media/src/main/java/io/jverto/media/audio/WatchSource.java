package io.jverto.media.audio;

import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Sound;
import java.util.Arrays;

/// Is silent until the channel that hears it has been loud or silent for long enough.
final class WatchSource implements SoundSource {
    private final Sound.Watch watch;

    WatchSource(Sound.Watch watch) {
        this.watch = watch;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public boolean listens() {
        return true;
    }

    @Override
    public void said(short[] pcm, int channels) {
        watch.tally().count(Pcm.score(pcm, Frame.SAMPLES * channels) >= watch.level());
    }

    @Override
    public boolean fill(short[] pcm) {
        Arrays.fill(pcm, 0, Frame.SAMPLES, (short) 0);
        return !watch.isOver();
    }
}
