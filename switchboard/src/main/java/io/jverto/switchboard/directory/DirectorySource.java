package io.jverto.switchboard.directory;

import io.jverto.switchboard.port.UserId;
import java.util.List;
import java.util.Optional;

/// Users beside those of the configuration, for instance in a database. Names compare in any letter case. Thread-safe; every method may
/// wait, but not for long: a source that cannot be used says so in its log and knows nobody. Implemented by server.
public interface DirectorySource {
    /// @return the user of that id, or with that `number-alias`
    Optional<SourceUser> find(UserId id);

    boolean hasDomain(String name);

    /// @return what it says of a domain itself; empty where it has none of that name
    Optional<Settings> ofDomain(String name);

    /// @return the domains, as written, in the order of their names
    List<String> domains();

    /// @return the users of a domain, in the order of their ids
    List<UserId> users(String domain);

    /// @return who belongs to a group, in the order of their ids
    List<UserId> members(String domain, String group);

    /// Whether it has any user at all.
    boolean hasUsers();

    /// Nobody.
    DirectorySource NONE = new DirectorySource() {
        @Override
        public Optional<SourceUser> find(UserId id) {
            return Optional.empty();
        }

        @Override
        public boolean hasDomain(String name) {
            return false;
        }

        @Override
        public Optional<Settings> ofDomain(String name) {
            return Optional.empty();
        }

        @Override
        public List<String> domains() {
            return List.of();
        }

        @Override
        public List<UserId> users(String domain) {
            return List.of();
        }

        @Override
        public List<UserId> members(String domain, String group) {
            return List.of();
        }

        @Override
        public boolean hasUsers() {
            return false;
        }
    };

    /// A user, level by level: the configuration may say something of the same group and domain.
    ///
    /// @param id as written
    /// @param group whose settings the user inherits, empty text for none
    record SourceUser(UserId id, String group, Settings own, Settings ofGroup, Settings ofDomain) {}
}
