package io.jverto.wire.sdp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `a=fingerprint` (RFC 8122 section 5).
///
/// @param function the hash function in lower case, one of those that RFC 8122 leaves in use
/// @param value upper-case hex pairs joined by colons
public record CertificateHash(String function, String value) {
    /// Not in it: md2 and md5, which RFC 8122 section 5 forbids.
    private static final Map<String, Integer> BYTES =
            Map.of("sha-1", 20, "sha-224", 28, "sha-256", 32, "sha-384", 48, "sha-512", 64);

    /// @return empty when the function is unknown or the value has not its length
    public static Optional<CertificateHash> decode(String attribute) {
        int blank = attribute.indexOf(' ');
        if (blank < 0) {
            return Optional.empty();
        }
        String function = attribute.substring(0, blank).toLowerCase(Locale.ROOT);
        String value = attribute.substring(blank + 1).strip().toUpperCase(Locale.ROOT);
        Integer bytes = BYTES.get(function);
        if (bytes == null || value.length() != bytes * 3 - 1) {
            return Optional.empty();
        }
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            boolean hex = character >= '0' && character <= '9' || character >= 'A' && character <= 'F';
            if (i % 3 == 2 ? character != ':' : !hex) {
                return Optional.empty();
            }
        }
        return Optional.of(new CertificateHash(function, value));
    }

    public String encode() {
        return function + " " + value;
    }
}
