package io.jverto.medialoop.tick;

import io.jverto.media.audio.SessionRecorder;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.Filmed;
import io.jverto.medialoop.file.RecordingEvents;
import io.jverto.medialoop.file.SoundFiles;

/// A recording of what a channel says and hears, from any thread.
///
/// @param insert belongs on the channel's line
/// @param events told of its end
public record SessionRecordingRef(SoundFiles.Writing writing, SessionRecorder insert, Told events) implements Filmed {
    /// Whoever is told of the end of a recording, which may be somebody else by then. Thread-safe.
    public static final class Told implements RecordingEvents {
        private volatile RecordingEvents now;

        Told(RecordingEvents first) {
            now = first;
        }

        public void instead(RecordingEvents other) {
            now = other;
        }

        @Override
        public void onClosed(End how, long millis, long samples) {
            now.onClosed(how, millis, samples);
        }
    }

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
