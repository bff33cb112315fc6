package io.jverto.switchboard.port;

import java.util.function.Predicate;

/// Where messages to `protocol+address` go (verto-wire.md section 6.4). Implemented by conference for `conf`. Thread-safe; may wait a
/// moment, never longer than a few seconds.
public interface MessageRoute {
    /// @return what stands before the `+`
    String protocol();

    /// @param address what stands behind it
    /// @return false when there is no such address, or the sender may not write to it
    boolean send(String address, Sender sender, ChatMessage message);

    /// Who writes.
    ///
    /// @param cookie the session
    /// @param allowedByList which event channels its directory entry allows
    record Sender(String cookie, Predicate<String> allowedByList) {}
}
