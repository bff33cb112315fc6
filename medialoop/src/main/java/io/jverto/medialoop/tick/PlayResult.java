package io.jverto.medialoop.tick;

/// Whether a sound plays.
public sealed interface PlayResult {
    /// @param port where it plays now
    record Playing(PlaybackRef playback, PortRef port) implements PlayResult {}

    /// @param reason what is wrong with the sound, or that there is no room
    record Refused(String reason) implements PlayResult {}
}
