package io.jverto.server.users;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Hashes as they are kept, with one round instead of many: tests want the form, not the work.
public final class QuickHash {
    private QuickHash() {}

    /// @return for the param `password-hash`
    public static String of(String password) {
        try {
            byte[] salt = new byte[16];
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1, 256)).getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "pbkdf2-sha512$1$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }
}
