package io.jverto.media.audio;

/// The built-in music.
final class MusicSource implements SoundSource {
    @Override
    public int channels() {
        return 2;
    }

    @Override
    public boolean fill(short[] pcm) {
        return true;
    }
}
