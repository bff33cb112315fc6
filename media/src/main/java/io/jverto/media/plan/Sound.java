package io.jverto.media.plan;

/// Something that the server can play.
public sealed interface Sound {
    /// Tones by a script in the switch's tone language, without the `tone_stream://` prefix, for instance
    /// `%(2000,4000,440,480);loops=-1` (dialplan-directory.md, tone generation).
    record Tone(String script) implements Sound {}

    /// The built-in music: endless, stereo, made by the server.
    record Music() implements Sound {}

    /// Nothing, for a while.
    ///
    /// @param millis how long; -1 for ever
    record Silence(int millis) implements Sound {}
}
