package io.jverto.verto.connect;

import io.jverto.base.Broken;
import io.jverto.base.tls.CertificateConcerns;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.verto.profile.VertoProfile.TlsFiles;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// The certificate of a profile. It may be read anew at any time: connections made later use the new one, those that are there go on. Thread-safe.
final class TlsContext {
    /// The protocol of an ACME authority that looks for a proof (RFC 8737 section 6.2).
    static final String ACME = "acme-tls/1";
    private static final ApplicationProtocolConfig PROTOCOLS = protocols(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);

    private final TlsFiles files;
    private final boolean http2;
    private final SslProvider provider;
    private volatile SslContext current;
    private volatile ServerCertificate certificate;
    /// What was read last, usable or not, so that a file that cannot be used is complained of once.
    private String seen;

    private TlsContext(TlsFiles files, boolean http2, SslProvider provider) throws IOException, GeneralSecurityException {
        Contents contents = Contents.read(files);
        this.files = files;
        this.http2 = http2;
        this.provider = provider;
        this.certificate = contents.certificate(files);
        this.current = context(certificate);
        this.seen = contents.state();
    }

    /// @param http2 whether it is offered beside HTTP/1.1
    static TlsContext load(TlsFiles files, boolean http2) throws IOException, GeneralSecurityException {
        return load(files, http2, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    static TlsContext load(TlsFiles files, boolean http2, SslProvider provider) throws IOException, GeneralSecurityException {
        return new TlsContext(files, http2, provider);
    }

    /// Reads the files again; when that fails the old certificate stays.
    synchronized void reload() throws IOException, GeneralSecurityException {
        Contents contents = Contents.read(files);
        seen = contents.state();
        use(contents);
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
        use(contents);
        return true;
    }

    SslContext current() {
        return current;
    }

    TlsFiles files() {
        return files;
    }

    /// What should be mended though the certificate can be used.
    List<String> concerns(Instant now) {
        return CertificateConcerns.of(certificate, Path.of(files.certificate()), Path.of(files.key()), now);
    }

    private void use(Contents contents) throws IOException, GeneralSecurityException {
        ServerCertificate read = contents.certificate(files);
        current = context(read);
        certificate = read;
    }

    /// What an ACME authority is shown.
    ///
    /// @param proof made for its question
    SslContext proving(ServerCertificate proof) throws IOException {
        return context(proof, protocols(ACME));
    }

    private SslContext context(ServerCertificate certificate) throws IOException {
        SslContext context = context(certificate, http2 ? PROTOCOLS : ApplicationProtocolConfig.DISABLED);
        TlsProof.of(context);
        return context;
    }

    private SslContext context(ServerCertificate certificate, ApplicationProtocolConfig protocols) throws IOException {
        return SslContextBuilder.forServer(certificate.key(), certificate.chain().toArray(X509Certificate[]::new))
                .sslProvider(provider)
                .applicationProtocolConfig(protocols)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }

    private static ApplicationProtocolConfig protocols(String... names) {
        return new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN, ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, names);
    }

    /// The bytes of the files at one moment.
    private record Contents(byte[] certificates, byte[] key, byte[] chain) {
        static Contents read(TlsFiles files) throws IOException {
            if (files.certificate().isEmpty() || files.key().isEmpty()) {
                throw new CertificateProblem("no certificate is configured (secure-combined, or secure-cert and secure-key)");
            }
            boolean further = !files.chain().isEmpty() && !files.chain().equals(files.certificate());
            return new Contents(
                    PemFile.bytes(Path.of(files.certificate())),
                    PemFile.bytes(Path.of(files.key())),
                    further ? PemFile.bytes(Path.of(files.chain())) : new byte[0]);
        }

        /// @return the same text for the same bytes
        String state() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(certificates);
                digest.update(chain);
                return HexFormat.of().formatHex(digest.digest(key));
            } catch (NoSuchAlgorithmException missing) {
                throw new Broken("every Java has SHA-256", missing);
            }
        }

        ServerCertificate certificate(TlsFiles files) throws CertificateProblem {
            return ServerCertificate.of(
                    PemFile.decode(files.certificate(), certificates), PemFile.decode(files.key(), key), PemFile.decode(files.chain(), chain));
        }
    }
}
