package io.jverto.media.audio;

/// Plays a tone script.
final class ToneSource implements SoundSource {
    @Override
    public int channels() {
        return 1;
    }

    @Override
    public boolean fill(short[] pcm) {
        return false;
    }
}
