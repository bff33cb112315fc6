package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.medialoop.file.Screen;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that plays on a canvas: it sees nothing.
final class ScreenTap extends FileTap implements Screen {
    private static final Logger log = LoggerFactory.getLogger(ScreenTap.class);

    private volatile VideoCodec codec = VideoCodec.VP8;

    /// @param leave lets the studio know that it is over
    ScreenTap(Runnable leave) {
        super(leave);
    }

    /// What canvases cannot show is not sent.
    @Override
    public boolean takes(VideoCodec next) {
        boolean painted = new VideoFormat(next, 0).canBePainted();
        codec = painted ? next : codec;
        if (!painted) {
            log.info("a film plays in {}, and canvases show VP8 and VP9: it is only heard", next);
        }
        return painted;
    }

    @Override
    public VideoCodec codec() {
        return codec;
    }

    @Override
    public PacketRing incoming() {
        return ring();
    }

    @Override
    public @Nullable PacketRing outgoing() {
        return null;
    }

    @Override
    public void came() {
        // a studio looks by itself
    }

    @Override
    public void sent() {
        // it sees nothing
    }
}
