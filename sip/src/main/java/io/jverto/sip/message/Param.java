package io.jverto.sip.message;

import io.jverto.base.Broken;

/// One parameter.
///
/// @param name as written
/// @param raw its value as written, with quotes where it has them; empty when it has none
public record Param(String name, String raw) {
    public Param {
        if (name.isEmpty() || (name + raw).chars().anyMatch(c -> Cursor.isControl((char) c))) {
            throw new Broken("a parameter has a name, and neither part can end a line");
        }
    }

    /// @return its value without quotes and backslashes
    public String value() {
        return Cursor.unquote(raw);
    }

    @Override
    public String toString() {
        return raw.isEmpty() ? name : name + "=" + raw;
    }
}
