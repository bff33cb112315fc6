package io.jverto.medialoop.tick;

import io.jverto.media.audio.PortSetup;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.Filmed;
import io.jverto.medialoop.file.SoundFiles;
import java.util.Optional;

/// A recording of one channel, from any thread. It outlives the ports that it hears, as a [PlaybackRef] does, and stays on one tick thread.
public final class RecordingRef implements Filmed {
    private final PlaybackRef line;
    private final SoundFiles.Writing writing;

    /// @param line hears the channel
    RecordingRef(PlaybackRef line, SoundFiles.Writing writing) {
        this.line = line;
        this.writing = writing;
    }

    /// Records on what comes from a port. Detach the one before first.
    ///
    /// @return empty when the thread does not take more
    public Optional<PortRef> join(PortSetup setup) {
        return line.join(setup);
    }

    /// @return its pictures
    @Override
    public Film film() {
        return writing.film();
    }

    /// It was silent for too long.
    public void silenced() {
        writing.silenced().run();
    }

    /// Nobody wants more: its file is closed. Twice does no harm.
    public void stop() {
        writing.stop().run();
    }
}
