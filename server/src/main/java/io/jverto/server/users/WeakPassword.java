package io.jverto.server.users;

import java.util.List;
import java.util.Locale;

/// Which passwords are tried first by whoever has none. Stateless.
public final class WeakPassword {
    private static final int LEAST = 6;
    /// As often as they are met.
    private static final List<String> WELL_KNOWN = List.of("1234", "123456", "password", "12345", "changeme", "cluecon", "secret", "admin", "test");

    private WeakPassword() {}

    /// @return those that belong to nobody in particular, in lower case
    static List<String> wellKnown() {
        return WELL_KNOWN;
    }

    /// @param user his id, empty text for nobody in particular
    /// @return false for none at all: that lets nobody in
    public static boolean is(String password, String user) {
        return !password.isEmpty() && (password.length() < LEAST || password.equals(user) || WELL_KNOWN.contains(password.toLowerCase(Locale.ROOT)));
    }
}
