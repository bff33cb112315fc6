package io.jverto.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DtlsIdentityTest {
    private final DtlsIdentity identity = DtlsEnd.identity();

    @Test
    void isACertificateThatOthersAccept() throws GeneralSecurityException {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.encodedCertificate()));

        certificate.verify(certificate.getPublicKey());

        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getSerialNumber()).isPositive();
        assertThat(identity.notAfter()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        assertThat(identity.fingerprint().hash()).isEqualTo("sha-256");
        assertThat(identity.fingerprint().value())
                .isEqualTo(HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
    }

    @Test
    void survivesBeingWrittenAndRead() {
        DtlsIdentity read = DtlsIdentity.fromPem(identity.toPem()).orElseThrow();

        assertThat(read.fingerprint()).isEqualTo(identity.fingerprint());
        assertThat(read.key().getD()).isEqualTo(identity.key().getD());
    }

    @Test
    void refusesADamagedFile() {
        String text = identity.toPem();
        String other = DtlsEnd.identity().toPem();
        int border = text.indexOf("-----BEGIN CERTIFICATE");

        assertThat(DtlsIdentity.fromPem("")).isEmpty();
        assertThat(DtlsIdentity.fromPem("nonsense")).isEmpty();
        assertThat(DtlsIdentity.fromPem(text.substring(0, text.length() / 2))).isEmpty();
        assertThat(DtlsIdentity.fromPem(text.substring(border))).isEmpty();
        assertThat(DtlsIdentity.fromPem(text.substring(0, border) + other.substring(other.indexOf("-----BEGIN CERT"))))
                .isEmpty();
    }

    @Test
    void keepsItsKeyOutOfLogs() {
        assertThat(identity.toString()).doesNotContain(identity.key().getD().toString(16));
    }
}
