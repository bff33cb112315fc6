package io.jverto.switchboard.port;

import java.nio.file.Path;
import java.util.Optional;

/// Lets who may hear a recording fetch it. Implemented by server. Thread-safe; does not look at the disk.
@FunctionalInterface
public interface RecordingLinks {
    /// Where nothing can be fetched.
    RecordingLinks NONE = _ -> Optional.empty();

    /// @param file of a recording
    /// @return path of an address on the ports of the page, by which anybody who knows it can fetch the file for some minutes; empty where
    ///         nothing can be fetched
    Optional<String> link(Path file);
}
