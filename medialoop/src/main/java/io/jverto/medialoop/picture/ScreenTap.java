package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import io.jverto.medialoop.file.Screen;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A file that plays on a canvas: to the studio it is one more member, which sends and sees nothing.
final class ScreenTap implements Tap, Screen {
    /// Some pictures of a large film, which come all at once.
    private static final int RING_PACKETS = 1_024;
    private static final int RING_BYTES = 1_300;

    private final PacketRing ring = new PacketRing(RING_PACKETS, RING_BYTES);
    private final Runnable leave;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean keyFrameWanted;

    /// @param leave lets the studio know that it is over
    ScreenTap(Runnable leave) {
        this.leave = leave;
    }

    @Override
    public PacketRing ring() {
        return ring;
    }

    @Override
    public PacketRing incoming() {
        return ring;
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
        // it is as large as it is
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
