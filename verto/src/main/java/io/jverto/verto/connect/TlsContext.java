package io.jverto.verto.connect;

import io.jverto.verto.profile.VertoProfile.TlsFiles;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// The certificate of a profile. It may be read anew at any time: connections made later use the new one. Thread-safe.
final class TlsContext {
    private final TlsFiles files;
    private volatile SslContext current;

    private TlsContext(TlsFiles files, SslContext current) {
        this.files = files;
        this.current = current;
    }

    static TlsContext load(TlsFiles files) throws IOException, GeneralSecurityException {
        return new TlsContext(files, read(files));
    }

    /// Reads the files again; when that fails the old certificate stays.
    void reload() throws IOException, GeneralSecurityException {
        current = read(files);
    }

    SslContext current() {
        return current;
    }

    private static SslContext read(TlsFiles files) throws IOException, GeneralSecurityException {
        if (files.certificate().isEmpty() || files.key().isEmpty()) {
            throw new IOException("no certificate is configured (secure-combined, or secure-cert and secure-key)");
        }
        try (InputStream certificates = certificates(files);
                InputStream key = Files.newInputStream(Path.of(files.key()))) {
            return SslContextBuilder.forServer(certificates, key)
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IllegalArgumentException unusable) {
            // Netty says so when the file holds no certificate or no key it can read.
            throw new IOException("no usable certificate and key in " + files.certificate() + " and " + files.key(), unusable);
        }
    }

    private static InputStream certificates(TlsFiles files) throws IOException {
        InputStream own = Files.newInputStream(Path.of(files.certificate()));
        if (files.chain().isEmpty() || files.chain().equals(files.certificate())) {
            return own;
        }
        InputStream newline = new ByteArrayInputStream(new byte[] {'\n'});
        return new SequenceInputStream(
                own, new SequenceInputStream(newline, Files.newInputStream(Path.of(files.chain()))));
    }
}
