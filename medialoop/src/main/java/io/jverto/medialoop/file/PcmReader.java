package io.jverto.medialoop.file;

/// Sound at 48 kHz, a block at a time.
interface PcmReader extends AutoCloseable {
    /// Samples of each channel in a block, at most.
    int MAX_BLOCK = 4_096;

    int channels();

    /// @param pcm holds [#MAX_BLOCK] samples of each channel
    /// @return samples of each channel, 0 at the end
    int read(short[] pcm);

    @Override
    void close();
}
