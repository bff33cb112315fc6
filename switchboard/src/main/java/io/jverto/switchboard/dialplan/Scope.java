package io.jverto.switchboard.dialplan;

import java.time.Instant;

/// The channel as a dialplan sees it.
public interface Scope {
    /// @param name of a field of the caller's profile, for instance `destination_number`
    /// @return empty text when there is no such field
    Text field(String name);

    /// @param name of a channel variable, profile field or global variable, sought in this order
    /// @return empty text when there is none
    Text variable(String name);

    /// Sets a channel variable.
    void set(String name, Text value);

    /// @return the time of the hunt
    Instant now();

    /// Runs a command that may stand in `${name(arguments)}`.
    Text command(String name, String arguments);

    /// Runs an application while the dialplan is still being hunted through.
    void inline(Step step);
}
