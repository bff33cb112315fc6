package io.jverto.verto;

import java.io.InputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Clients that trust the certificate of [LiveServer].
final class Trust {
    private Trust() {}

    static SSLContext context() {
        return context(LiveServer.CERTIFICATE);
    }

    /// @param certificates files of those that are trusted
    static SSLContext context(String... certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (String certificate : certificates) {
                try (InputStream pem = Files.newInputStream(Path.of(certificate))) {
                    store.setCertificateEntry(certificate, CertificateFactory.getInstance("X.509").generateCertificate(pem));
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new AssertionError(unusable);
        }
    }
}
