package io.jverto.server.startup;

import io.jverto.base.Broken;
import io.jverto.base.tls.PemText;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate that nobody vouches for: ECDSA P-256, good for all names of this machine (RFC 5280).
final class SelfSigned {
    private static final int SERIAL_BITS = 127;
    private static final Duration CLOCK_DIFFERENCE = Duration.ofDays(1);

    private SelfSigned() {}

    /// @return certificate and private key (PKCS #8) as PEM
    static String pem(LocalNames names, SecureRandom random, Instant now, Duration life) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            byte[] certificate = builder(names, random, now, life, keys)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return PemText.of("CERTIFICATE", certificate) + PemText.of("PRIVATE KEY", keys.getPrivate().getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new Broken("no certificate could be made", impossible);
        }
    }

    private static X509v3CertificateBuilder builder(
            LocalNames names, SecureRandom random, Instant now, Duration life, KeyPair keys) throws IOException {
        X500Name self = new X500Name("CN=jverto " + names.hostName().replaceAll("[^A-Za-z0-9.-]", "-"));
        BigInteger serial = new BigInteger(SERIAL_BITS, random);
        return new JcaX509v3CertificateBuilder(
                        self,
                        serial,
                        Date.from(now.minus(CLOCK_DIFFERENCE)),
                        Date.from(now.minus(CLOCK_DIFFERENCE).plus(life)),
                        self,
                        keys.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, alternativeNames(names))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }

    private static GeneralNames alternativeNames(LocalNames names) {
        List<GeneralName> all = new ArrayList<>();
        all.add(new GeneralName(GeneralName.dNSName, "localhost"));
        if (names.hostName().matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*") && !names.hostName().equals("localhost")) {
            all.add(new GeneralName(GeneralName.dNSName, names.hostName()));
        }
        names.addresses().forEach(address -> all.add(new GeneralName(GeneralName.iPAddress, address)));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }
}
