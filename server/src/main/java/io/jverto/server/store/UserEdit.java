package io.jverto.server.store;

import io.jverto.switchboard.directory.Settings;
import java.util.List;
import java.util.Optional;

/// What changes of a user; what it does not name stays.
///
/// @param alias `number-alias`; empty text takes it away
/// @param groups those he belongs to; of the first he has the settings
/// @param cidr his networks, separated by commas; empty text takes them away
/// @param settings an empty value takes one away
public record UserEdit(Optional<String> alias, Optional<List<String>> groups, Optional<String> cidr, Settings settings) {
    /// Further settings: names as they would be, values empty where one goes.
    public static UserEdit of(Settings settings) {
        return new UserEdit(Optional.empty(), Optional.empty(), Optional.empty(), settings);
    }
}
