package io.jverto.server.startup;

import io.jverto.base.Broken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// TLS of SIP profiles: `agent.pem` with certificates and key, and `cafile.pem` with those whom peers' certificates must come from
/// (sip.md section 17).
///
/// @param own the folder of the server's own certificate, `wss.pem`, for profiles without a folder
public record SipCertificates(Path own) {
    private static final char[] NO_PASSWORD = new char[0];

    /// @param folder as the profile names it; empty for the server's own certificate
    /// @param needed whether the profile listens: without, it shows no certificate of ours
    /// @throws CannotStart when a file is missing or of no use
    public SSLContext context(String folder, boolean needed) {
        Path file = folder.isEmpty() ? own.resolve("wss.pem") : Path.of(folder).resolve("agent.pem");
        Path authorities = (folder.isEmpty() ? own : Path.of(folder)).resolve("cafile.pem");
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(needed ? keys(file) : empty(), NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(Files.exists(authorities) ? trusted(authorities) : null);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | CertificateException wrong) {
            throw new CannotStart("TLS of SIP: " + wrong.getMessage() + "; put certificate and key, as PEM, into " + file, wrong);
        } catch (GeneralSecurityException impossible) {
            throw new Broken("every Java has TLS", impossible);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
        Pem pem = Pem.read(file);
        if (pem.key().isEmpty() || pem.certificates().isEmpty()) {
            throw new IOException(file + " has no certificate with its private key");
        }
        KeyStore store = empty();
        store.setKeyEntry("agent", pem.key().get(), NO_PASSWORD, pem.certificates().toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore trusted(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (X509Certificate one : Pem.read(file).certificates()) {
            store.setCertificateEntry(one.getSubjectX500Principal().getName() + one.getSerialNumber(), one);
        }
        return store;
    }

    private record Pem(List<X509Certificate> certificates, Optional<PrivateKey> key) {
        static Pem read(Path file) throws IOException, CertificateException {
            List<X509Certificate> certificates = new ArrayList<>();
            Optional<PrivateKey> key = Optional.empty();
            if (!Files.isReadable(file)) {
                throw new IOException(file + " is not there or cannot be read");
            }
            try (Reader reader = Files.newBufferedReader(file); PEMParser parser = new PEMParser(reader)) {
                for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                    switch (part) {
                        case X509CertificateHolder holder -> certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                        case PrivateKeyInfo info -> key = Optional.of(new JcaPEMKeyConverter().getPrivateKey(info));
                        case PEMKeyPair pair -> key = Optional.of(new JcaPEMKeyConverter().getKeyPair(pair).getPrivate());
                        default -> { /* parameters of a curve, requests: nothing that is used */ }
                    }
                }
            }
            return new Pem(List.copyOf(certificates), key);
        }
    }
}
