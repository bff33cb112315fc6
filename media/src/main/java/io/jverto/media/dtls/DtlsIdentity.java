package io.jverto.media.dtls;

import io.jverto.base.Broken;
import io.jverto.media.plan.Fingerprint;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Our DTLS certificate and its key.
public final class DtlsIdentity {
    private DtlsIdentity() {}

    public static DtlsIdentity generate(SecureRandom random, Instant notBefore, Duration validity) {
        throw new Broken("being written");
    }

    /// @return empty when the text is not what [#toPem] writes
    public static Optional<DtlsIdentity> fromPem(String text) {
        throw new Broken("being written");
    }

    /// Private key and certificate.
    public String toPem() {
        throw new Broken("being written");
    }

    /// SHA-256.
    public Fingerprint fingerprint() {
        throw new Broken("being written");
    }

    /// @param hash `sha-1`, `sha-256`, `sha-384` or `sha-512`
    public Optional<Fingerprint> fingerprint(String hash) {
        throw new Broken("being written");
    }

    /// Certificate's end of life.
    public Instant notAfter() {
        throw new Broken("being written");
    }
}
