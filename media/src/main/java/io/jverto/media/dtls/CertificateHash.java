package io.jverto.media.dtls;

import io.jverto.base.Broken;
import io.jverto.media.plan.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// The hash functions that a fingerprint may use (RFC 8122 section 5). MD5 and MD2 are not among ours.
enum CertificateHash {
    SHA_1("SHA-1"),
    SHA_256("SHA-256"),
    SHA_384("SHA-384"),
    SHA_512("SHA-512");

    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

    private final String algorithm;

    CertificateHash(String algorithm) {
        this.algorithm = algorithm;
    }

    static Optional<CertificateHash> find(String sdpName) {
        for (CertificateHash hash : values()) {
            if (hash.algorithm.equalsIgnoreCase(sdpName)) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    Fingerprint fingerprint(byte[] certificate) {
        return new Fingerprint(algorithm.toLowerCase(Locale.ROOT), PAIRS.formatHex(digest(certificate)));
    }

    boolean matches(Fingerprint expected, byte[] certificate) {
        return fingerprint(certificate).value().equalsIgnoreCase(expected.value());
    }

    private byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new Broken(algorithm + " does not work", missing);
        }
    }
}
