package io.jverto.medialoop.file;

/// Told when a recording's file is closed.
@FunctionalInterface
public interface RecordingEvents {
    /// @param how it came to an end
    /// @param millis length of the recording
    /// @param samples of each channel in the file
    void onClosed(End how, long millis, long samples);

    /// How a recording ends.
    enum End {
        /// Nobody wanted more.
        STOPPED,
        /// It was silent for as long as was allowed.
        SILENCE,
        /// The file could not be made or written on; the log says why.
        FAILED
    }
}
