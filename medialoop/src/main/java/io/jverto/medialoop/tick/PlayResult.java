package io.jverto.medialoop.tick;

/// Whether a sound plays.
public sealed interface PlayResult {
    record Playing(PortRef playback) implements PlayResult {}

    /// @param reason what is wrong with the sound, or that there is no room
    record Refused(String reason) implements PlayResult {}
}
