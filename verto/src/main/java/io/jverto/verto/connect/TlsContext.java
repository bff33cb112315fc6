package io.jverto.verto.connect;

import io.jverto.base.Broken;
import io.jverto.verto.profile.VertoProfile.TlsFiles;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The certificate of a profile. It may be read anew at any time: connections made later use the new one, those that are there go on. Thread-safe.
final class TlsContext {
    private final TlsFiles files;
    private volatile SslContext current;
    /// What was read last, usable or not, so that a file that cannot be used is complained of once.
    private String seen;

    private TlsContext(TlsFiles files, SslContext current, String seen) {
        this.files = files;
        this.current = current;
        this.seen = seen;
    }

    static TlsContext load(TlsFiles files) throws IOException, GeneralSecurityException {
        Contents contents = Contents.read(files);
        return new TlsContext(files, contents.context(files), contents.state());
    }

    /// Reads the files again; when that fails the old certificate stays.
    synchronized void reload() throws IOException, GeneralSecurityException {
        Contents contents = Contents.read(files);
        seen = contents.state();
        current = contents.context(files);
    }

    /// Reads the files, and uses them when they are others than the last time.
    ///
    /// @return whether there is a new certificate
    /// @throws IOException when they have become unusable; the next time only if they have changed again
    synchronized boolean reloadIfChanged() throws IOException, GeneralSecurityException {
        Contents contents;
        try {
            contents = Contents.read(files);
        } catch (IOException unreadable) {
            String state = String.valueOf(unreadable);
            boolean known = state.equals(seen);
            seen = state;
            if (known) {
                return false;
            }
            throw unreadable;
        }
        if (contents.state().equals(seen)) {
            return false;
        }
        seen = contents.state();
        current = contents.context(files);
        return true;
    }

    SslContext current() {
        return current;
    }

    TlsFiles files() {
        return files;
    }

    /// The bytes of the files at one moment.
    private record Contents(byte[] certificates, byte[] key) {
        private static final long MAX_BYTES = 1_000_000;

        static Contents read(TlsFiles files) throws IOException {
            if (files.certificate().isEmpty() || files.key().isEmpty()) {
                throw new IOException("no certificate is configured (secure-combined, or secure-cert and secure-key)");
            }
            ByteArrayOutputStream certificates = new ByteArrayOutputStream();
            certificates.writeBytes(bytes(files.certificate()));
            if (!files.chain().isEmpty() && !files.chain().equals(files.certificate())) {
                certificates.write('\n');
                certificates.writeBytes(bytes(files.chain()));
            }
            return new Contents(certificates.toByteArray(), bytes(files.key()));
        }

        /// @return the same text for the same bytes
        String state() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(certificates);
                return HexFormat.of().formatHex(digest.digest(key));
            } catch (NoSuchAlgorithmException missing) {
                throw new Broken("every Java has SHA-256", missing);
            }
        }

        SslContext context(TlsFiles files) throws IOException, GeneralSecurityException {
            try {
                SslContext context = SslContextBuilder.forServer(new ByteArrayInputStream(certificates), new ByteArrayInputStream(key))
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                        .protocols("TLSv1.3", "TLSv1.2")
                        .build();
                TlsProof.of(context);
                return context;
            } catch (IllegalArgumentException unusable) {
                // Netty says so when the file holds no certificate or no key it can read.
                throw new IOException("no usable certificate and key in " + files.certificate() + " and " + files.key(), unusable);
            }
        }

        private static byte[] bytes(String file) throws IOException {
            Path path = Path.of(file);
            try {
                if (Files.size(path) > MAX_BYTES) {
                    throw new IOException(file + " is too large for a certificate");
                }
                return Files.readAllBytes(path);
            } catch (NoSuchFileException missing) {
                throw new IOException("there is no file " + file, missing);
            }
        }
    }
}
