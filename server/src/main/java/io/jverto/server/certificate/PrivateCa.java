package io.jverto.server.certificate;

import io.jverto.base.Broken;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.PemText;
import io.jverto.base.tls.ServerCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority of one's own, whose certificate devices are told to trust: ECDSA P-256 with SHA-256 (RFC 5280, RFC 5480). It issues
/// certificates of servers directly, so that no chain is needed.
public final class PrivateCa {
    /// Browsers of Apple take no server's certificate that lives longer than 825 days; public ones live 398 at most.
    public static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration PROOF_LIFE = Duration.ofDays(1);
    /// id-pe-acmeIdentifier, RFC 8737 section 6.1.
    private static final ASN1ObjectIdentifier ACME_IDENTIFIER = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");
    private static final Duration CA_LIFE = Duration.ofDays(3_650);
    private static final Duration CLOCK_DIFFERENCE = Duration.ofDays(1);
    private static final int SERIAL_BITS = 127;
    /// RFC 5280 appendix A.1: ub-common-name.
    private static final int MAX_COMMON_NAME = 64;

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final SecureRandom random;

    private PrivateCa(X509Certificate certificate, PrivateKey key, SecureRandom random) {
        this.certificate = certificate;
        this.key = key;
        this.random = random;
    }

    /// @param name by which people know it
    public static PrivateCa make(String name, SecureRandom random, Instant now) {
        try {
            KeyPair keys = keys(random);
            X500Name self = name("jverto private CA of " + name);
            JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(self, self, keys, random, now, CA_LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(keys.getPublic()));
            return new PrivateCa(sign(builder, keys.getPrivate()), keys.getPrivate(), random);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new Broken("no authority could be made", impossible);
        }
    }

    /// @throws CertificateProblem when one of the files is missing or of no use
    public static PrivateCa read(Path certificate, Path key, SecureRandom random) throws CertificateProblem {
        PemFile shown = PemFile.read(certificate);
        ServerCertificate both = ServerCertificate.of(shown, PemFile.read(key), shown);
        return new PrivateCa(both.own(), both.key(), random);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    String certificatePem() {
        return pem(certificate);
    }

    String keyPem() {
        return PemText.of("PRIVATE KEY", key.getEncoded());
    }

    /// @return a server's certificate and its private key (PKCS #8) as PEM; it ends no later than that of the authority
    public Issued issue(CertificateNames names, Instant now) {
        try {
            KeyPair keys = keys(random);
            JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
            Duration left = Duration.between(now.minus(CLOCK_DIFFERENCE), certificate.getNotAfter().toInstant());
            X509v3CertificateBuilder builder = builder(
                            new JcaX509CertificateHolder(certificate).getSubject(), name(names.all().getFirst()), keys, random, now,
                            left.compareTo(SERVER_LIFE) < 0 ? left : SERVER_LIFE)
                    .addExtension(Extension.subjectAlternativeName, false, names.general())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(keys.getPublic()))
                    .addExtension(Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(certificate));
            X509Certificate issued = sign(builder, key);
            return new Issued(issued, pem(issued), PemText.of("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new Broken("no certificate could be issued", impossible);
        }
    }

    /// A certificate that proves to an ACME authority that a name is ours (RFC 8737 section 3). Nobody vouches for it but itself.
    ///
    /// @param validation SHA-256 of what the authority knows
    static Issued proof(CertificateNames name, byte[] validation, SecureRandom random, Instant now) {
        try {
            KeyPair keys = keys(random);
            X500Name self = name("acme.invalid");
            X509Certificate made = sign(builder(self, self, keys, random, now, PROOF_LIFE)
                    .addExtension(Extension.subjectAlternativeName, false, name.general())
                    .addExtension(ACME_IDENTIFIER, true, new DEROctetString(validation)), keys.getPrivate());
            return new Issued(made, pem(made), PemText.of("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new Broken("no proof could be made", impossible);
        }
    }

    /// A certificate, and what is written into files.
    ///
    /// @param chainPem the certificate, and those between it and the authority
    /// @param keyPem PKCS #8
    public record Issued(X509Certificate certificate, String chainPem, String keyPem) {
        /// Never shows the key.
        @Override
        public String toString() {
            return "Issued[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    static KeyPair keys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new Broken("every Java has P-256", impossible);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, SecureRandom random, Instant now, Duration life) {
        Instant from = now.minus(CLOCK_DIFFERENCE);
        return new JcaX509v3CertificateBuilder(
                issuer, new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1), Date.from(from), Date.from(from.plus(life)), subject, keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return PemText.of("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new Broken("a certificate cannot be written", impossible);
        }
    }

    private static X500Name name(String text) {
        String common = text.length() <= MAX_COMMON_NAME ? text : text.substring(0, MAX_COMMON_NAME);
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
    }
}
