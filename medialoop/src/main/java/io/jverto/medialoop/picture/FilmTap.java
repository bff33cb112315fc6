package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import io.jverto.medialoop.file.Reel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A recording that watches a canvas: to the studio it is one more member, which sends nothing and takes the best there is.
final class FilmTap implements Tap, Reel {
    /// Some seconds, for a disk that is busy.
    private static final int RING_PACKETS = 1_024;
    private static final int RING_BYTES = 1_300;

    private final PacketRing ring = new PacketRing(RING_PACKETS, RING_BYTES);
    private final Runnable came;
    private final Runnable leave;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean keyFrameWanted;

    /// @param came told when there is something in the ring
    /// @param leave lets the studio know that it is over
    FilmTap(Runnable came, Runnable leave) {
        this.came = came;
        this.leave = leave;
    }

    @Override
    public PacketRing ring() {
        return ring;
    }

    @Override
    public PacketRing outgoing() {
        return ring;
    }

    @Override
    public @Nullable PacketRing incoming() {
        return null;
    }

    @Override
    public void sent() {
        came.run();
    }

    @Override
    public void wantKeyFrame() {
        keyFrameWanted = true;
    }

    @Override
    public boolean takeKeyFrameWish() {
        boolean wanted = keyFrameWanted;
        keyFrameWanted = false;
        return wanted;
    }

    @Override
    public void bandwidth(int kbps) {
        // it sends nothing
    }

    @Override
    public int kbps() {
        return 0;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            leave.run();
        }
    }
}
