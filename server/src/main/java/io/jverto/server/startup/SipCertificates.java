package io.jverto.server.startup;

import io.jverto.base.Broken;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

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
        PemFile pem = PemFile.read(file);
        ServerCertificate certificate = ServerCertificate.of(pem, pem, pem);
        KeyStore store = empty();
        store.setKeyEntry("agent", certificate.key(), NO_PASSWORD, certificate.chain().toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore trusted(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (X509Certificate one : PemFile.read(file).certificates()) {
            store.setCertificateEntry(one.getSubjectX500Principal().getName() + one.getSerialNumber(), one);
        }
        return store;
    }
}
