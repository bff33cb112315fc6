package io.jverto.switchboard.port;

/// A directory user.
///
/// @param user the id within the domain
/// @param domain the directory domain
public record UserId(String user, String domain) {
    @Override
    public String toString() {
        return user + "@" + domain;
    }
}
