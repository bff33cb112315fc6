package io.jverto.sip.digest;

import io.jverto.base.Broken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// A hash, the weakest first.
public enum DigestAlgorithm {
    MD5("MD5", "MD5", false),
    MD5_SESS("MD5-sess", "MD5", true),
    SHA_256("SHA-256", "SHA-256", false),
    SHA_512_256("SHA-512-256", "SHA-512/256", false);

    private final String token;
    private final String hash;
    private final boolean session;

    DigestAlgorithm(String token, String hash, boolean session) {
        this.token = token;
        this.hash = hash;
        this.session = session;
    }

    public static Optional<DigestAlgorithm> of(String token) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    public String token() {
        return token;
    }

    /// @return H(user:realm:password), which may be kept instead of the password
    public String ha1(String username, String realm, String password) {
        return hash(username + ":" + realm + ":" + password);
    }

    /// @param ha1 what [#ha1] gives
    /// @param qop false for RFC 2069, without nc and cnonce
    /// @return what proves that somebody knows the password (RFC 7616 section 3.4.1)
    String response(String ha1, String method, Credentials credentials, boolean qop) {
        String key = session ? hash(ha1 + ":" + credentials.nonce() + ":" + credentials.cnonce()) : ha1;
        String ha2 = hash(method + ":" + credentials.uri());
        String between = qop ? credentials.nc() + ":" + credentials.cnonce() + ":auth:" : "";
        return hash(key + ":" + credentials.nonce() + ":" + between + ha2);
    }

    private String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new Broken("every Java platform has " + hash, missing);
        }
    }

    @Override
    public String toString() {
        return token;
    }
}
