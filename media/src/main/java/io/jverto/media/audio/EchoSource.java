package io.jverto.media.audio;

import io.jverto.media.mixer.Pcm;

/// Lets a channel hear itself, at once or later. Without a delay it is needed where the sound is decoded anyway; otherwise packets go back
/// as they are. All memory is taken at the beginning: 192 kB for each second of delay.
final class EchoSource implements SoundSource {
    private static final int VALUES = 2 * Frame.SAMPLES;

    /// What was said last, a frame for each tick of the delay and one more.
    private final short[] said;

    private final short[] frame = new short[VALUES];
    private int now;

    /// @param delayMillis rounded down to whole frames
    EchoSource(int delayMillis) {
        said = new short[(delayMillis / Frame.MILLIS + 1) * VALUES];
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
        Pcm.convert(pcm, channels, frame, 2, Frame.SAMPLES);
        System.arraycopy(frame, 0, said, now, VALUES);
    }

    /// The oldest frame is the next that is written over.
    @Override
    public boolean fill(short[] pcm) {
        now = (now + VALUES) % said.length;
        System.arraycopy(said, now, pcm, 0, VALUES);
        return true;
    }
}
