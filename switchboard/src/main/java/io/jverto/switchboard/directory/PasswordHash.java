package io.jverto.switchboard.directory;

import io.jverto.base.Broken;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as the param `password-hash` keeps it: `pbkdf2-sha512$<rounds>$<salt>$<hash>`, both in Base64 (RFC 8018 section 5.2). To make
/// and to check one takes a tenth of a second of a processor, on purpose. Thread-safe.
public final class PasswordHash {
    /// The param's name.
    public static final String PARAM = "password-hash";
    /// Belongs to no password: who checks it works as long as for any other. Its hash is all zeros.
    public static final String NOBODY;
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final String NAME = "pbkdf2-sha512";
    /// As OWASP's password storage cheat sheet asks for with SHA-512.
    private static final int ROUNDS = 210_000;
    /// Whoever writes a configuration may ask for more work, but not for a minute of it.
    private static final int MAX_ROUNDS = 10_000_000;
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final Pattern FORM = Pattern.compile("pbkdf2-sha512\\$([0-9]{1,8})\\$([A-Za-z0-9+/]{8,88}={0,2})\\$([A-Za-z0-9+/]{22,88}={0,2})");

    static {
        NOBODY = text(ROUNDS, new byte[SALT], new byte[HASH]);
    }

    private PasswordHash() {}

    /// @param random for the salt: a `SecureRandom` in production
    public static String of(String password, RandomGenerator random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return text(ROUNDS, salt, derived(password, salt, ROUNDS, HASH));
    }

    /// Whether a text can be one.
    public static boolean isOne(String text) {
        return parse(text).isPresent();
    }

    /// @param written what is no hash fits no password, and takes as long as one
    public static boolean matches(String written, String password) {
        Optional<Parts> parts = parse(written);
        Parts known = parts.orElseGet(() -> parse(NOBODY).orElseThrow());
        boolean same = MessageDigest.isEqual(derived(password, known.salt, known.rounds, known.hash.length), known.hash);
        return same && parts.isPresent() && !written.equals(NOBODY);
    }

    private record Parts(int rounds, byte[] salt, byte[] hash) {}

    private static Optional<Parts> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(1)) < 1 || Integer.parseInt(form.group(1)) > MAX_ROUNDS) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return Optional.of(new Parts(Integer.parseInt(form.group(1)), base64.decode(form.group(2)), base64.decode(form.group(3))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String text(int rounds, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return NAME + "$" + rounds + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    private static byte[] derived(String password, byte[] salt, int rounds, int bytes) {
        try {
            return SecretKeyFactory.getInstance(ALGORITHM)
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, bytes * Byte.SIZE))
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new Broken("every Java has " + ALGORITHM, missing);
        }
    }
}
