package io.jverto.verto.profile;

import io.jverto.switchboard.dialplan.Expression;
import java.nio.file.Path;
import java.util.List;

/// `<vhost>`: a folder that a profile serves over HTTP on its ports (verto-wire.md section 10.3).
///
/// @param domain its name, for reports
/// @param root the folder
/// @param index the file that a folder stands for
/// @param realm who may see it
/// @param rewrites in order; the first that fits counts
public record Vhost(String domain, Path root, String index, Realm realm, List<Rewrite> rewrites) {
    public Vhost {
        rewrites = List.copyOf(rewrites);
    }

    /// What stands behind a password; logins of the profile are good for it too.
    ///
    /// @param name `auth-realm`; empty when no password is needed
    /// @param user `auth-user`, and `password` its `auth-pass`; empty when there is no such user
    public record Realm(String name, String user, String password) {
        /// Never shows the password.
        @Override
        public String toString() {
            return "Realm[" + name + ", " + user + "]";
        }
    }

    /// A path that fits the expression becomes another.
    public record Rewrite(Expression expression, String value) {}
}
