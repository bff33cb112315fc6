package io.jverto.switchboard.port;

import java.util.Optional;

/// The variables of live channels, for an edge that keeps something there. Implemented by the switch. Thread-safe; waits for the channel's
/// thread, but never longer than a few seconds.
public interface CallVariables {
    /// @return the value, empty text when it is not set; empty when there is no such call
    Optional<String> get(ChannelId call, String name);

    /// Sets a variable to something that is only data, or unsets it by empty text.
    ///
    /// @return false when there is no such call
    boolean set(ChannelId call, String name, String value);
}
