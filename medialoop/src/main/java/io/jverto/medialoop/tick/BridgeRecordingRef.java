package io.jverto.medialoop.tick;

import io.jverto.media.plan.Recording.Sides;
import io.jverto.medialoop.file.SoundFiles;

/// A recording of all bridges of a channel, one after the other, from any thread.
public record BridgeRecordingRef(SoundFiles.Writing writing, Sides sides) {
    /// Nobody wants more: its file is closed. Twice does no harm.
    public void stop() {
        writing.stop().run();
    }
}
