package io.jverto.switchboard.port;

import java.util.List;
import java.util.Optional;

/// What the applications `db` and `group` keep over a restart (dialplan-directory.md section 9.2). Implemented by server. Thread-safe; every
/// method may wait. A store that cannot be used says so in the log, once, and is empty meanwhile.
public interface SharedData {
    /// Values, and members of groups, that may be kept; more are refused.
    int MAX_ROWS = 100_000;
    /// Characters of a name, and of a value.
    int MAX_NAME = 255;
    int MAX_VALUE = 4_096;

    Optional<String> value(String realm, String key);

    /// @return whether it is kept
    boolean put(String realm, String key, String value);

    /// @return whether there was something
    boolean remove(String realm, String key);

    /// @return the dial strings of a group in the order in which they came
    List<String> members(String group);

    /// @return whether it is kept; twice the same is one
    boolean join(String group, String member);

    /// @return whether it was there
    boolean leave(String group, String member);

    /// Whether a text fits.
    static boolean fits(String name, int most) {
        return !name.isEmpty() && name.length() <= most && name.indexOf(0) < 0;
    }
}
