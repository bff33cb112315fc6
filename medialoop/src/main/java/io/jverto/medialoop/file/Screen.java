package io.jverto.medialoop.file;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.VideoCodec;

/// Where the pictures of a file are shown that plays. Thread-safe; the ring has one writer and one reader.
public interface Screen {
    /// Told before the first picture, and when the codec changes.
    ///
    /// @return whether it can show pictures in that codec
    boolean takes(VideoCodec codec);

    /// @return where RTP packets go, tagged 1 where a key frame begins
    PacketRing ring();

    /// Something is in the ring.
    void came();

    /// @return whether it needs a key frame, since the last time this was asked
    boolean takeKeyFrameWish();

    /// Nothing more comes. Twice does no harm.
    void close();
}
