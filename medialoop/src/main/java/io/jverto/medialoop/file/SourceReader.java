package io.jverto.medialoop.file;

import io.jverto.media.audio.SoundSource;

/// Tones and silence between files.
final class SourceReader implements PcmReader {
    private static final int FRAME = 960;

    private final SoundSource source;

    SourceReader(SoundSource source) {
        this.source = source;
    }

    @Override
    public int channels() {
        return source.channels();
    }

    @Override
    public int read(short[] pcm) {
        return source.fill(pcm) ? FRAME : 0;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
