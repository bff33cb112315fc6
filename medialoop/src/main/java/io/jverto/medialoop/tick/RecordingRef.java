package io.jverto.medialoop.tick;

import io.jverto.media.audio.PortSetup;
import io.jverto.media.plan.Recording;
import io.jverto.medialoop.file.SoundFiles;
import java.util.Optional;

/// A recording of one channel, from any thread. It outlives the ports that it hears, as a [PlaybackRef] does, and stays on one tick thread.
public final class RecordingRef {
    private final TickLoop loop;
    private final Recording recording;
    private final SoundFiles.Writing writing;

    RecordingRef(TickLoop loop, Recording recording, SoundFiles.Writing writing) {
        this.loop = loop;
        this.recording = recording;
        this.writing = writing;
    }

    Recording recording() {
        return recording;
    }

    SoundFiles.Writing writing() {
        return writing;
    }

    /// Records on what comes from a port. Detach the one before first.
    ///
    /// @return empty when the thread does not take more
    public Optional<PortRef> join(PortSetup setup) {
        PortRef port = new PortRef(loop::wake);
        return loop.tell(new TickCommand.Record(this, setup, port)) ? Optional.of(port) : Optional.empty();
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
