package io.jverto.switchboard.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The users of one domain.
///
/// @param name as written
/// @param users by id in lower case
/// @param aliases `number-alias` to user id, both in lower case
/// @param groups ids of their members, in the order of the directory, by name in lower case
record DirectoryDomain(String name, Map<String, DirectoryUser> users, Map<String, String> aliases, Map<String, List<String>> groups) {
    Optional<DirectoryUser> find(String user) {
        String key = Directory.lower(user);
        DirectoryUser byId = users.get(key);
        if (byId != null) {
            return Optional.of(byId);
        }
        return Optional.ofNullable(aliases.get(key)).map(users::get);
    }

    List<DirectoryUser> group(String wanted) {
        return groups.getOrDefault(Directory.lower(wanted), List.of()).stream().flatMap(id -> find(id).stream()).toList();
    }

    int size() {
        return users.size();
    }
}
