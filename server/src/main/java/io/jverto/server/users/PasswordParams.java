package io.jverto.server.users;

import io.jverto.base.Broken;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.switchboard.port.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What is kept of a password.
public final class PasswordParams {
    private PasswordParams() {}

    /// @param digests whether what SIP's digest needs is kept too (RFC 8760 section 2.6): whoever has it needs no password there
    /// @return the params, those empty that are to go: what is left of an earlier password would still let its owner in
    public static Map<String, String> of(UserId id, String password, boolean digests, RandomGenerator random) {
        String secret = id.user() + ":" + id.domain() + ":" + password;
        Map<String, String> params = new LinkedHashMap<>();
        params.put(PasswordHash.PARAM, PasswordHash.of(password, random));
        params.put(UserAdmin.A1_MD5, digests ? hex("MD5", secret) : "");
        params.put(UserAdmin.A1_SHA256, digests ? hex("SHA-256", secret) : "");
        return params;
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new Broken("every Java has " + algorithm, missing);
        }
    }
}
