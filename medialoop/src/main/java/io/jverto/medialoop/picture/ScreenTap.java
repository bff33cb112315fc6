package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import io.jverto.medialoop.file.Screen;
import org.jspecify.annotations.Nullable;

/// A file that plays on a canvas: it sees nothing.
final class ScreenTap extends FileTap implements Screen {
    /// @param leave lets the studio know that it is over
    ScreenTap(Runnable leave) {
        super(leave);
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
