package io.jverto.medialoop.tick;

import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.SoundSource;
import io.jverto.medialoop.file.Projector;
import io.jverto.medialoop.file.SoundFiles;
import java.util.Optional;

/// A sound on its way to one channel, from any thread. It outlives the ports that play it: a channel that is renegotiated or comes back
/// from hold hears it on from where it was. Stays on one tick thread.
public final class PlaybackRef {
    private final TickLoop loop;
    private final Joining joining;
    private final Runnable stop;
    private final Optional<Projector> projector;

    /// Makes what a tick thread is told.
    interface Joining {
        TickCommand of(PortSetup setup, PortRef port);
    }

    PlaybackRef(TickLoop loop, Joining joining, Runnable stop) {
        this(loop, joining, stop, Optional.empty());
    }

    private PlaybackRef(TickLoop loop, Joining joining, Runnable stop, Optional<Projector> projector) {
        this.projector = projector;
        this.loop = loop;
        this.joining = joining;
        this.stop = stop;
    }

    static PlaybackRef of(TickLoop loop, SoundSource source, Runnable stop) {
        return new PlaybackRef(loop, (setup, port) -> new TickCommand.Play(source, setup, port), stop);
    }

    /// A file, perhaps with pictures.
    static PlaybackRef of(TickLoop loop, SoundFiles.Playing file) {
        return new PlaybackRef(loop, (setup, port) -> new TickCommand.Play(file.source(), setup, port), file.stop(),
                Optional.of(file.projector()).filter(Projector::isWanted));
    }

    /// @return what shows its pictures; empty when it has none
    public Optional<Projector> projector() {
        return projector;
    }

    /// Plays on to a port. Detach the one before first.
    ///
    /// @return empty when the thread does not take more
    public Optional<PortRef> join(PortSetup setup) {
        PortRef port = new PortRef(loop::wake);
        return loop.tell(joining.of(setup, port)) ? Optional.of(port) : Optional.empty();
    }

    /// Ends it: its file is closed. Twice does no harm.
    public void stop() {
        stop.run();
    }
}
