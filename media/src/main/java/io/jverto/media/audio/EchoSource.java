package io.jverto.media.audio;

import io.jverto.media.mixer.Pcm;

/// Lets a channel hear itself. Needed where its sound is decoded anyway; otherwise its packets go back as they are.
final class EchoSource implements SoundSource {
    private final short[] last = new short[2 * Frame.SAMPLES];

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
        Pcm.convert(pcm, channels, last, 2, Frame.SAMPLES);
    }

    @Override
    public boolean fill(short[] pcm) {
        System.arraycopy(last, 0, pcm, 0, last.length);
        return true;
    }
}
