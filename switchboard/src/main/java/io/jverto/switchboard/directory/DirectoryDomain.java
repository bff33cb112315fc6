package io.jverto.switchboard.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The users of one domain.
///
/// @param name as written
/// @param users by id in lower case, in the order of the file
/// @param aliases `number-alias` to user id, both in lower case
/// @param groups by name in lower case
/// @param settings what all inherit
record DirectoryDomain(
        String name, Map<String, DirectoryUser> users, Map<String, String> aliases, Map<String, Group> groups, Settings settings) {
    /// @param name as written
    /// @param members ids as written, in the order of the file; pointers are among them
    record Group(String name, List<String> members, Settings settings) {
        static final Group EMPTY = new Group("", List.of(), Settings.NONE);
    }

    Optional<DirectoryUser> find(String user) {
        String key = Directory.lower(user);
        DirectoryUser byId = users.get(key);
        if (byId != null) {
            return Optional.of(byId);
        }
        return Optional.ofNullable(aliases.get(key)).map(users::get);
    }

    /// @return empty settings and nobody where there is no such group
    Group group(String group) {
        return groups.getOrDefault(Directory.lower(group), Group.EMPTY);
    }

    int size() {
        return users.size();
    }
}
