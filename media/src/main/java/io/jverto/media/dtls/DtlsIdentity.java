package io.jverto.media.dtls;

import io.jverto.base.Broken;
import io.jverto.media.plan.Fingerprint;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// Our DTLS certificate and its key: ECDSA on P-256, signed by itself, since only its fingerprint counts (RFC 8827
/// section 6.5). Immutable; one serves all calls.
public final class DtlsIdentity {
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String SIGNATURE = "SHA256WITHECDSA";
    private static final X500Name NAME = new X500Name("CN=jverto");

    private final ECPrivateKeyParameters key;
    private final X509CertificateHolder certificate;
    private final byte[] encoded;
    private final Fingerprint sha256;

    private DtlsIdentity(ECPrivateKeyParameters key, X509CertificateHolder certificate) throws IOException {
        this.key = key;
        this.certificate = certificate;
        this.encoded = certificate.getEncoded();
        this.sha256 = fingerprint("sha-256").orElseThrow(() -> new Broken("no SHA-256"));
    }

    public static DtlsIdentity generate(SecureRandom random, Instant notBefore, Duration validity) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        ECNamedDomainParameters curve = ECNamedDomainParameters.lookup(X9ObjectIdentifiers.prime256v1);
        generator.init(new ECKeyGenerationParameters(curve, random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        var signature = new DefaultSignatureAlgorithmIdentifierFinder().find(SIGNATURE);
        var digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        BcContentSignerBuilder signer = new BcECContentSignerBuilder(signature, digest);
        signer.setSecureRandom(random);
        try {
            X509CertificateHolder holder = new BcX509v3CertificateBuilder(
                            NAME,
                            new BigInteger(63, random).add(BigInteger.ONE), // RFC 5280 section 4.1.2.2: positive
                            Date.from(notBefore),
                            Date.from(notBefore.plus(validity)),
                            NAME,
                            pair.getPublic())
                    .build(signer.build(pair.getPrivate()));
            return new DtlsIdentity((ECPrivateKeyParameters) pair.getPrivate(), holder);
        } catch (IOException | OperatorCreationException bug) {
            throw new Broken("cannot make a certificate", bug);
        }
    }

    /// @return empty when the text is not what [#toPem] writes
    public static Optional<DtlsIdentity> fromPem(String text) {
        try (PemReader reader = new PemReader(new StringReader(text))) {
            PemObject first = reader.readPemObject();
            PemObject second = reader.readPemObject();
            if (first == null || second == null
                    || !first.getType().equals(KEY) || !second.getType().equals(CERTIFICATE)) {
                return Optional.empty();
            }
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(first.getContent());
            X509CertificateHolder certificate = new X509CertificateHolder(second.getContent());
            return key instanceof ECPrivateKeyParameters ec && belongTogether(ec, certificate)
                    ? Optional.of(new DtlsIdentity(ec, certificate))
                    : Optional.empty();
        } catch (IOException | RuntimeException notPem) {
            return Optional.empty(); // the decoder throws many kinds of exception on a damaged file
        }
    }

    /// The private key and the certificate: keep it where only the server can read it.
    public String toPem() {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(KEY, PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded()));
            writer.writeObject(new PemObject(CERTIFICATE, encoded));
        } catch (IOException bug) {
            throw new Broken("cannot write to memory", bug);
        }
        return text.toString();
    }

    /// SHA-256.
    public Fingerprint fingerprint() {
        return sha256;
    }

    /// @param hash `sha-1`, `sha-256`, `sha-384` or `sha-512`
    public Optional<Fingerprint> fingerprint(String hash) {
        return CertificateHash.find(hash).map(found -> found.fingerprint(encoded));
    }

    /// The certificate's end.
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    ECPrivateKeyParameters key() {
        return key;
    }

    byte[] encodedCertificate() {
        return encoded.clone();
    }

    private static boolean belongTogether(ECPrivateKeyParameters key, X509CertificateHolder certificate)
            throws IOException {
        AsymmetricKeyParameter shown = PublicKeyFactory.createKey(certificate.getSubjectPublicKeyInfo());
        byte[] ours = key.getParameters().getG().multiply(key.getD()).normalize().getEncoded(true);
        return shown instanceof ECPublicKeyParameters ec && Arrays.equals(ec.getQ().getEncoded(true), ours);
    }
}
