package io.jverto.medialoop;

import io.jverto.media.audio.PortListener;
import io.jverto.media.transport.Route;
import io.jverto.medialoop.tick.RecordingRef;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import java.util.function.Consumer;

/// Carries what a port at a mixer or a playback reports to the channel's listener, and takes a dead port's rings off the loop.
final class PortEvents implements PortListener {
    private final LoopTransport transport;
    private final Route.Port rings;
    private final boolean tellTalking;
    private final Consumer<End> onEnd;

    private PortEvents(
            LoopTransport transport, Route.Port rings, boolean tellTalking, Consumer<End> onEnd) {
        this.transport = transport;
        this.rings = rings;
        this.tellTalking = tellTalking;
        this.onEnd = onEnd;
    }

    static PortEvents ofMember(LoopTransport transport, Route.Port rings, boolean tellTalking) {
        return new PortEvents(transport, rings, tellTalking, end -> {});
    }

    static PortEvents ofPlayback(LoopTransport transport, Route.Port rings, long playback) {
        return new PortEvents(transport, rings, false, end ->
                transport.listener().onPlaybackEnded(playback, end == End.BROKEN ? PlaybackEnd.BROKEN : PlaybackEnd.PLAYED));
    }

    static PortEvents ofRecording(LoopTransport transport, Route.Port rings, RecordingRef recording) {
        return new PortEvents(transport, rings, false, end -> recording.silenced());
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
            case FINISHED, BROKEN -> onEnd.accept(end);
            case FAILED -> transport.listener().onFailed(MediaListener.Failure.INTERNAL);
        }
    }
}
