package io.jverto.medialoop.file;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.VideoCodec;

/// A stream of video that may be recorded. Thread-safe; the ring has one writer and one reader.
public interface Reel {
    VideoCodec codec();

    /// @return RTP packets, with headers of 12 bytes
    PacketRing ring();

    /// Asks whoever sends it for a key frame.
    void wantKeyFrame();

    /// @return milliseconds that a picture comes before the sound of the same moment can be heard; perhaps below 0
    default int earlyMillis() {
        return 0;
    }

    /// Nobody records it any more. Twice does no harm.
    void close();
}
