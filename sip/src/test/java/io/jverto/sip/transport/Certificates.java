package io.jverto.sip.transport;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// TLS for tests: a certificate for one name that both sides trust.
final class Certificates {
    private Certificates() {}

    static SSLContext context(GeneralName name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X500Name self = new X500Name("CN=test");
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(
                    new JcaX509v3CertificateBuilder(self, BigInteger.ONE, new Date(0), new Date(Long.MAX_VALUE / 1_000_000), self, keys.getPublic())
                            .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name))
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
            store.setCertificateEntry("trusted", certificate);
            KeyManagerFactory ours = KeyManagerFactory.getInstance("PKIX");
            ours.init(store, new char[0]);
            TrustManagerFactory theirs = TrustManagerFactory.getInstance("PKIX");
            theirs.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(ours.getKeyManagers(), theirs.getTrustManagers(), new SecureRandom());
            return context;
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    static SSLContext ofLoopback() {
        return context(new GeneralName(GeneralName.dNSName, InetAddress.getLoopbackAddress().getHostName()));
    }
}
