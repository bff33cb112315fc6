package io.jverto.switchboard.port;

/// A command of the API, for `${name(args)}`, `fsapi` and the console (dialplan-directory.md section 14). Thread-safe.
public interface ApiCommand {
    String name();

    /// @param arguments what stands behind the name, trimmed, possibly empty
    /// @return the reply; errors begin with `-ERR`
    String run(String arguments);
}
