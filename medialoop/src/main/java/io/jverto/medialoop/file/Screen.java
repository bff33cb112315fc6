package io.jverto.medialoop.file;

import io.jverto.base.bytes.PacketRing;

/// Where the pictures of a file are shown that plays. Thread-safe; the ring has one writer and one reader.
public interface Screen {
    /// @return where RTP packets of VP8 go, tagged 1 where a key frame begins
    PacketRing ring();

    /// Something is in the ring.
    void came();

    /// @return whether it needs a key frame, since the last time this was asked
    boolean takeKeyFrameWish();

    /// Nothing more comes. Twice does no harm.
    void close();
}
