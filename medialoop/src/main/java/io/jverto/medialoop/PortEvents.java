package io.jverto.medialoop;

import io.jverto.media.audio.PortListener;
import io.jverto.media.transport.Route;
import io.jverto.switchboard.port.MediaListener;

/// Carries what a port at a mixer or a playback reports to the channel's listener, and takes a dead port's rings off the loop.
final class PortEvents implements PortListener {
    private final LoopTransport transport;
    private final Route.Port rings;
    private final boolean tellTalking;
    private final boolean tellEnd;
    private final long playback;

    private PortEvents(
            LoopTransport transport, Route.Port rings, boolean tellTalking, boolean tellEnd, long playback) {
        this.transport = transport;
        this.rings = rings;
        this.tellTalking = tellTalking;
        this.tellEnd = tellEnd;
        this.playback = playback;
    }

    static PortEvents ofMember(LoopTransport transport, Route.Port rings, boolean tellTalking) {
        return new PortEvents(transport, rings, tellTalking, false, 0);
    }

    static PortEvents ofPlayback(LoopTransport transport, Route.Port rings, long playback) {
        return new PortEvents(transport, rings, false, true, playback);
    }

    @Override
    public void onTalking(boolean talking) {
        if (tellTalking) {
            transport.listener().onTalking(talking);
        }
    }

    @Override
    public void onClosed(End end) {
        transport.loop().tell(new LoopCommand.Unroute(transport, rings));
        switch (end) {
            case DETACHED -> {}
            case FINISHED -> {
                if (tellEnd) {
                    transport.listener().onPlaybackEnded(playback);
                }
            }
            case FAILED -> transport.listener().onFailed(MediaListener.Failure.INTERNAL);
        }
    }
}
