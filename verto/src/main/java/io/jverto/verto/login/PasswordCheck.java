package io.jverto.verto.login;

import io.jverto.base.Broken;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// Compares passwords. A user that does not exist takes as long as a wrong password and looks the same.
final class PasswordCheck {
    private PasswordCheck() {}

    /// @param user the directory's entry, if there is one
    /// @param uid id and domain as the client gave them: an `a1-hash` covers them (verto-wire.md section 3.3)
    static boolean matches(Optional<DirectoryUser> user, UserId uid, String supplied) {
        Optional<String> hash = user.flatMap(entry -> entry.param("a1-hash"));
        Optional<String> expected = hash.map(text -> text.toLowerCase(Locale.ROOT))
                .or(() -> user.flatMap(entry -> entry.param("jsonrpc-password")))
                .or(() -> user.flatMap(entry -> entry.param("password")));
        UserId named = user.map(DirectoryUser::id).orElse(uid);
        String md5 = HexFormat.of().formatHex(digest("MD5", named.user() + ":" + named.domain() + ":" + supplied));
        boolean equal = same(expected.orElse("no such user"), hash.isPresent() ? md5 : supplied);
        return equal && expected.filter(text -> !text.isEmpty()).isPresent();
    }

    /// Constant time, whatever the lengths: digests are compared.
    static boolean same(String expected, String supplied) {
        return MessageDigest.isEqual(digest("SHA-256", expected), digest("SHA-256", supplied));
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new Broken("every Java has " + algorithm, missing);
        }
    }
}
