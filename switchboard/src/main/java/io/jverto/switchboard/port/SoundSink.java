package io.jverto.switchboard.port;

import java.nio.ByteBuffer;

/// Takes what a channel says, in the order in which it is said, on one thread that may wait.
public interface SoundSink {
    /// @return sampling rate that it wants: 8000, 16000, 32000 or 48000
    int rateHz();

    /// @param pcm 16-bit samples of one channel, little endian; the caller's again afterwards
    /// @return false when it takes no more
    boolean take(ByteBuffer pcm);

    /// Nothing more comes. Called once.
    void over();
}
