package io.jverto.medialoop.tick;

import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.SourceControl;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.Filmed;
import io.jverto.medialoop.file.Projecting;
import io.jverto.medialoop.file.Projector;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A sound in a room, or a recording of it, from any thread.
public final class RoomSoundRef implements SourceControl, Filmed, Projecting {
    private static final int FRAME_MILLIS = 20;

    private final Runnable release;
    private final Runnable wake;
    private final Consumer<PortListener.End> listener;
    private final AtomicInteger frames = new AtomicInteger();
    private final Film film;
    private final Projector projector;
    private volatile boolean stopped;
    private volatile boolean paused;

    /// @param release closes its file
    /// @param wake lets the tick thread look
    /// @param listener told once when it is over, on the tick thread: post and return
    /// @param film the pictures of a recording
    /// @param projector shows those of a file that plays
    RoomSoundRef(Runnable release, Runnable wake, Consumer<PortListener.End> listener, Film film, Projector projector) {
        this.projector = projector;
        this.film = film;
        this.release = release;
        this.wake = wake;
        this.listener = listener;
    }

    /// Ends it at the next tick. Twice does no harm.
    public void stop() {
        stopped = true;
        wake.run();
    }

    @Override
    public Film film() {
        return film;
    }

    @Override
    public Projector projector() {
        return projector;
    }

    public void pause(boolean now) {
        paused = now;
    }

    /// @return how much of it has been heard
    public int millis() {
        return frames.get() * FRAME_MILLIS;
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public void played() {
        frames.lazySet(frames.getPlain() + 1);
    }

    @Override
    public void ended(PortListener.End end) {
        release.run();
        listener.accept(end);
    }
}
