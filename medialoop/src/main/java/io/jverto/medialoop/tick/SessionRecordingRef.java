package io.jverto.medialoop.tick;

import io.jverto.media.audio.SessionRecorder;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.Filmed;
import io.jverto.medialoop.file.SoundFiles;

/// A recording of what a channel says and hears, from any thread.
///
/// @param insert belongs on the channel's line
public record SessionRecordingRef(SoundFiles.Writing writing, SessionRecorder insert) implements Filmed {
    /// @return its pictures
    @Override
    public Film film() {
        return writing.film();
    }

    /// Nobody wants more: its file is closed. Twice does no harm.
    public void stop() {
        writing.stop().run();
    }
}
