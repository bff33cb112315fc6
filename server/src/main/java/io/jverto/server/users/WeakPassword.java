package io.jverto.server.users;

import java.util.Locale;
import java.util.Set;

/// Which passwords are tried first by whoever has none. Stateless.
public final class WeakPassword {
    private static final int LEAST = 6;
    private static final Set<String> WELL_KNOWN = Set.of("1234", "12345", "123456", "password", "changeme", "cluecon", "secret", "admin", "test");

    private WeakPassword() {}

    /// @param user his id, empty text for nobody in particular
    /// @return false for none at all: that lets nobody in
    public static boolean is(String password, String user) {
        return !password.isEmpty() && (password.length() < LEAST || password.equals(user) || WELL_KNOWN.contains(password.toLowerCase(Locale.ROOT)));
    }
}
