package io.jverto.verto.login;

import io.jverto.base.Broken;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.directory.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens that let a user in for a short time, in place of the password (verto-extensions.md). A token is `jvt1.CLAIMS.SIGNATURE`; its claims
/// are lines: user, domain, epoch seconds at which it ends, and the one number that may be called, or nothing. The signature covers what
/// is kept of the user's password too: another password, or none, and the tokens of before are no longer any. Immutable, hence thread-safe.
public final class AccessTokens {
    /// The shortest and the longest life of a token.
    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofHours(24);
    /// A key has so many bytes at least (RFC 2104 section 3).
    public static final int KEY = 32;
    private static final String PREFIX = "jvt1.";
    private static final Pattern FORM = Pattern.compile("jvt1\\.[A-Za-z0-9_-]{8,2048}\\.[A-Za-z0-9_-]{43}");
    private static final Pattern NUMBER = Pattern.compile("[^\\p{Cntrl}]{1,256}");
    private static final String ALGORITHM = "HmacSHA256";
    private static final List<String> PASSWORDS = List.of(PasswordHash.PARAM, "a1-hash", "jsonrpc-password", "password");
    private static final int CLAIMS = 4;

    private final SecretKeySpec key;
    private final TimeSource time;

    /// @param key at least [#KEY] bytes that nobody else knows
    public AccessTokens(byte[] key, TimeSource time) {
        if (key.length < KEY) {
            throw new Broken("a key of " + key.length + " bytes is too short");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.time = time;
    }

    /// Whether somebody gave a token in place of a password. A password of this form cannot be used.
    static boolean isOne(String password) {
        return FORM.matcher(password).matches();
    }

    /// @param life between [#SHORTEST] and [#LONGEST]
    /// @param number the only one that may be called, empty text for any
    /// @return empty when the number, or the user's id, cannot be in a token
    public Optional<String> issue(DirectoryUser user, Duration life, String number) {
        boolean fits = NUMBER.matcher(user.id().user()).matches() && NUMBER.matcher(user.id().domain()).matches()
                && (number.isEmpty() || NUMBER.matcher(number).matches());
        if (!fits) {
            return Optional.empty();
        }
        long ends = ends(life).getEpochSecond();
        String claims = String.join("\n", user.id().user(), user.id().domain(), String.valueOf(ends), number);
        String body = PREFIX + text(claims.getBytes(StandardCharsets.UTF_8));
        return Optional.of(body + "." + text(signature(body, Optional.of(user)))).filter(AccessTokens::isOne);
    }

    /// When a token of that life, issued now, is good no more.
    public Instant ends(Duration life) {
        return time.wallTime().plus(life);
    }

    /// What a token is worth for a user. Takes as long for a user who does not exist.
    Check check(String token, Optional<DirectoryUser> user) {
        int dot = token.lastIndexOf('.');
        String body = token.substring(0, dot);
        boolean signed = MessageDigest.isEqual(signature(body, user), Base64.getUrlDecoder().decode(token.substring(dot + 1)));
        if (!signed || user.isEmpty()) {
            return new Check.Wrong();
        }
        String[] claims = new String(Base64.getUrlDecoder().decode(body.substring(PREFIX.length())), StandardCharsets.UTF_8).split("\n", -1);
        if (claims.length != CLAIMS || !claims[0].equals(user.get().id().user()) || !claims[1].equals(user.get().id().domain())) {
            return new Check.Wrong();
        }
        long ends = Long.parseLong(claims[2]); // signed: we wrote it
        return ends > time.wallTime().getEpochSecond() ? new Check.Good(ends, claims[3]) : new Check.Expired();
    }

    private byte[] signature(String body, Optional<DirectoryUser> user) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(body.getBytes(StandardCharsets.US_ASCII));
            for (String name : PASSWORDS) {
                String kept = user.flatMap(known -> known.param(name)).orElse("");
                mac.update(("\n" + name + "=" + kept).getBytes(StandardCharsets.UTF_8));
            }
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new Broken("every Java has " + ALGORITHM, missing);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What came of a check.
    sealed interface Check {
        /// @param ends epoch seconds
        /// @param number the only one that may be called, empty text for any
        record Good(long ends, String number) implements Check {}

        /// It was good.
        record Expired() implements Check {}

        record Wrong() implements Check {}
    }
}
