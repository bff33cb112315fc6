package io.jverto.sip.digest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What WWW-Authenticate and Proxy-Authenticate say (RFC 7616 section 3.3).
///
/// @param qop whether `auth` is offered; without it, the client is of RFC 2069
/// @param stale whether only the nonce was wrong
public record Challenge(String realm, String nonce, String opaque, DigestAlgorithm algorithm, boolean qop, boolean stale) {
    /// @return empty when it asks for something that we do not do: another scheme or hash, `auth-int` alone
    public static Optional<Challenge> parse(String header) {
        return DigestFields.read(header).flatMap(Challenge::of);
    }

    private static Optional<Challenge> of(Map<String, String> fields) {
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(fields.getOrDefault("algorithm", "MD5"));
        String offered = fields.getOrDefault("qop", "");
        boolean qop = List.of(offered.split("\\s*,\\s*")).contains("auth");
        boolean known = algorithm.isPresent() && fields.containsKey("realm") && fields.containsKey("nonce");
        if (!known || !qop && !offered.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new Challenge(
                fields.getOrDefault("realm", ""),
                fields.getOrDefault("nonce", ""),
                fields.getOrDefault("opaque", ""),
                algorithm.get(),
                qop,
                fields.getOrDefault("stale", "").equalsIgnoreCase("true")));
    }

    @Override
    public String toString() {
        return "Digest " + DigestFields.quoted("realm", realm) + ", " + DigestFields.quoted("nonce", nonce)
                + (opaque.isEmpty() ? "" : ", " + DigestFields.quoted("opaque", opaque))
                + (stale ? ", stale=true" : "")
                + ", algorithm=" + algorithm
                + (qop ? ", qop=\"auth\"" : "");
    }
}
