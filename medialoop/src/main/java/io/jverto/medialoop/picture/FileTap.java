package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import java.util.concurrent.atomic.AtomicBoolean;

/// A file in a studio, which is one more member there: it is recorded, or it plays.
abstract sealed class FileTap implements Tap permits FilmTap, ScreenTap {
    /// Some seconds, for a disk that is busy, or some pictures of a large film, which come all at once.
    private static final int RING_PACKETS = 1_024;
    private static final int RING_BYTES = 1_300;

    private final PacketRing ring = new PacketRing(RING_PACKETS, RING_BYTES);
    private final Runnable leave;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean keyFrameWanted;

    /// @param leave lets the studio know that it is over
    FileTap(Runnable leave) {
        this.leave = leave;
    }

    public final PacketRing ring() {
        return ring;
    }

    @Override
    public final void wantKeyFrame() {
        keyFrameWanted = true;
    }

    @Override
    public final boolean takeKeyFrameWish() {
        boolean wanted = keyFrameWanted;
        keyFrameWanted = false;
        return wanted;
    }

    @Override
    public final void bandwidth(int kbps) {
        // it is as large as it is
    }

    /// @return as much as there is
    @Override
    public final int kbps() {
        return 0;
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            leave.run();
        }
    }
}
