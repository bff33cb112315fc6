package io.jverto.medialoop.file;

import io.jverto.base.bytes.PacketRing;

/// A stream of VP8 that may be recorded. Thread-safe; the ring has one writer and one reader.
public interface Reel {
    /// @return RTP packets, with headers of 12 bytes
    PacketRing ring();

    /// Asks whoever sends it for a key frame.
    void wantKeyFrame();

    /// Nobody records it any more. Twice does no harm.
    void close();
}
