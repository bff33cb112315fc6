package io.jverto.sip.digest;

import java.util.Map;
import java.util.Optional;

/// What Authorization and Proxy-Authorization say (RFC 7616 section 3.4).
///
/// @param uri the request URI as the client wrote it
/// @param response lower case hexadecimal digits
/// @param qop `auth`; empty for RFC 2069, where `cnonce` and `nc` are empty too
/// @param nc eight hexadecimal digits: how often this nonce was used
public record Credentials(
        String username,
        String realm,
        String nonce,
        String uri,
        String response,
        DigestAlgorithm algorithm,
        String cnonce,
        String nc,
        String qop,
        String opaque) {
    /// @return empty when something is missing or of no known kind
    public static Optional<Credentials> parse(String header) {
        return DigestFields.read(header).flatMap(Credentials::of);
    }

    private static Optional<Credentials> of(Map<String, String> fields) {
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(fields.getOrDefault("algorithm", "MD5"));
        String qop = fields.getOrDefault("qop", "");
        String nc = fields.getOrDefault("nc", "");
        boolean whole = fields.keySet().containsAll(java.util.List.of("username", "realm", "nonce", "uri", "response"));
        boolean counted = qop.isEmpty() || nc.matches("[0-9a-fA-F]{8}") && fields.containsKey("cnonce");
        if (!whole || !counted || algorithm.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(
                fields.getOrDefault("username", ""),
                fields.getOrDefault("realm", ""),
                fields.getOrDefault("nonce", ""),
                fields.getOrDefault("uri", ""),
                fields.getOrDefault("response", ""),
                algorithm.get(),
                fields.getOrDefault("cnonce", ""),
                nc,
                qop,
                fields.getOrDefault("opaque", "")));
    }

    Credentials withResponse(String computed) {
        return new Credentials(username, realm, nonce, uri, computed, algorithm, cnonce, nc, qop, opaque);
    }

    /// @return the value of the header
    public String header() {
        StringBuilder text = new StringBuilder("Digest ")
                .append(DigestFields.quoted("username", username)).append(", ")
                .append(DigestFields.quoted("realm", realm)).append(", ")
                .append(DigestFields.quoted("nonce", nonce)).append(", ")
                .append(DigestFields.quoted("uri", uri)).append(", ")
                .append(DigestFields.quoted("response", response))
                .append(", algorithm=").append(algorithm);
        if (!qop.isEmpty()) {
            text.append(", qop=").append(qop).append(", nc=").append(nc).append(", ").append(DigestFields.quoted("cnonce", cnonce));
        }
        return opaque.isEmpty() ? text.toString() : text.append(", ").append(DigestFields.quoted("opaque", opaque)).toString();
    }

    @Override
    public String toString() {
        return "Credentials[" + algorithm + "]"; // who it is and what proves it stay out of logs
    }
}
