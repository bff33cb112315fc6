package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.VideoCodec;
import io.jverto.medialoop.file.Reel;
import org.jspecify.annotations.Nullable;

/// A recording that watches a canvas: it sends nothing, and takes the best there is.
final class FilmTap extends FileTap implements Reel {
    private final Runnable came;

    /// @param came told when there is something in the ring
    /// @param leave lets the studio know that it is over
    FilmTap(Runnable came, Runnable leave) {
        super(leave);
        this.came = came;
    }

    @Override
    public VideoCodec codec() {
        return VideoCodec.VP8;
    }

    @Override
    public PacketRing outgoing() {
        return ring();
    }

    @Override
    public @Nullable PacketRing incoming() {
        return null;
    }

    @Override
    public void sent() {
        came.run();
    }
}
