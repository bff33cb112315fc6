package io.jverto.medialoop.file;

import io.jverto.media.plan.VideoCodec;
import org.jspecify.annotations.Nullable;

/// The pictures of one recording, between whoever decides whose they are and the thread that writes them. Thread-safe.
public final class Film {
    private final boolean matroska;
    private volatile Runnable wake = () -> { };
    private volatile @Nullable Reel reel; // written under this
    private boolean closed; // guarded by this

    /// Of something that takes no pictures.
    public Film() {
        this(false);
    }

    /// @param matroska whether its file may have any codec, and not only those of WebM
    Film(boolean matroska) {
        this.matroska = matroska;
    }

    /// @return whether pictures in that codec may be in its file
    public boolean takes(VideoCodec codec) {
        return matroska || codec != VideoCodec.H264;
    }

    /// Records another stream from its next key frame on.
    ///
    /// @param next null for none
    public synchronized void show(@Nullable Reel next) {
        Reel before = reel;
        if (closed) {
            close(next);
            return;
        }
        reel = next;
        close(before);
        wake.run();
    }

    private static void close(@Nullable Reel one) {
        if (one != null) {
            one.close();
        }
    }

    /// Something is in the ring. Does not wait.
    public void came() {
        wake.run();
    }

    /// @param task wakes the thread that writes
    void wakes(Runnable task) {
        wake = task;
    }

    @Nullable Reel reel() {
        return reel;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        Reel last = reel;
        reel = null;
        close(last);
    }
}
