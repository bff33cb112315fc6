package io.jverto.switchboard.port;

import java.nio.file.Path;

/// Makes speech of text (dialplan-directory.md section 9.3, `speak`). Implemented by server. Thread-safe; whoever asks waits, for seconds if need
/// be.
public interface Synthesis {
    /// Of a server without any engine.
    Synthesis NONE = _ -> new Result.Refused("no engine is configured: speech.conf names programs that speak");
    /// Characters of a text.
    int MAX_TEXT = 4_000;

    Result speak(Wanted wanted);

    /// @param engine by its name in the configuration; empty for the first
    /// @param voice as the engine calls it; empty for its own
    record Wanted(String engine, String voice, String text) {}

    /// What came of it.
    sealed interface Result {
        /// @param file to be played now
        record Made(Path file) implements Result {}

        /// @param why for the log
        record Refused(String why) implements Result {}
    }
}
