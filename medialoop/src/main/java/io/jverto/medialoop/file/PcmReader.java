package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioDecoder;

/// Sound at 48 kHz, a block at a time.
interface PcmReader extends AutoCloseable {
    /// Samples of each channel in a block, at most: those of the longest packet of Opus.
    int MAX_BLOCK = AudioDecoder.MAX_SAMPLES;

    int channels();

    /// @param pcm holds [#MAX_BLOCK] samples of each channel
    /// @return samples of each channel, 0 at the end
    int read(short[] pcm);

    @Override
    void close();
}
