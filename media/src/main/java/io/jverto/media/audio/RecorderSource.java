package io.jverto.media.audio;

import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Recording;
import java.util.Arrays;

/// Puts what a channel says into a ring, out of which another thread writes a file, while the channel hears silence. Over when the file
/// takes no more, or when the channel is silent for as long as the recording allows.
public final class RecorderSource implements SoundSource {
    private final RecordTarget target;
    private final AudioCounters counters;
    private final short[] frame;
    private final int silenceLevel;
    private final int silenceFrames;
    private int silent;

    public RecorderSource(RecordTarget target, Recording.Silence silence, AudioCounters counters) {
        this.target = target;
        this.counters = counters;
        this.frame = new short[target.ring().frameValues()];
        this.silenceLevel = silence.level();
        this.silenceFrames = Math.max(1, silence.millis() / Frame.MILLIS);
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
        Pcm.convert(pcm, channels, frame, target.ring().channels(), Frame.SAMPLES);
        target.take(frame, counters);
        silent = Pcm.score(frame, frame.length) < silenceLevel ? silent + 1 : 0;
    }

    @Override
    public boolean fill(short[] pcm) {
        Arrays.fill(pcm, 0, Frame.SAMPLES, (short) 0);
        return silent < silenceFrames && !target.ring().ended();
    }
}
