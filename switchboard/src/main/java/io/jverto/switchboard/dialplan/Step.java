package io.jverto.switchboard.dialplan;

import io.jverto.base.config.ConfigNode.Origin;

/// One thing to do: an application and its data, captures put in, variables not yet (dialplan-directory.md section 5.3).
///
/// @param origin where the action is written
/// @param extension name of the extension in which it stands, empty where there is none
public record Step(String application, Text data, Origin origin, String extension) {
    /// Of no extension.
    public Step(String application, Text data, Origin origin) {
        this(application, data, origin, "");
    }
}
