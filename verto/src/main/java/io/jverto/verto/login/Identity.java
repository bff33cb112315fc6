package io.jverto.verto.login;

import io.jverto.switchboard.port.UserId;

/// Whom a connection speaks for. Two connections may share a session or a call only if they are equal.
public sealed interface Identity {
    /// A user of the directory, or one that came in by blind registration.
    record User(UserId id) implements Identity {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /// The administrator of a profile with `root-password`.
    record Root() implements Identity {
        @Override
        public String toString() {
            return "root";
        }
    }

    /// A client of a profile that asks for no login.
    record Nobody() implements Identity {
        @Override
        public String toString() {
            return "";
        }
    }
}
