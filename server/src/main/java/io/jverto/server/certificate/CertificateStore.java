package io.jverto.server.certificate;

import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.server.certificate.PrivateCa.Issued;
import io.jverto.server.startup.SecretFile;
import io.jverto.verto.profile.VertoProfile.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The files of a profile's certificate, and of the private authority beside the generated ones.
///
/// @param folder of the authority: `tls` in the data folder
/// @param files of the profile
public record CertificateStore(Path folder, TlsFiles files) {
    /// @return what the profile has; empty when its file is not there
    /// @throws CertificateProblem when it is of no use
    public Optional<ServerCertificate> read() throws CertificateProblem {
        if (!Files.exists(certificate())) {
            return Optional.empty();
        }
        PemFile own = PemFile.read(certificate());
        PemFile keys = key().equals(certificate()) ? own : PemFile.read(key());
        boolean further = !files.chain().isEmpty() && !files.chain().equals(files.certificate());
        return Optional.of(ServerCertificate.of(own, keys, further ? PemFile.read(Path.of(files.chain())) : own));
    }

    /// @return that of the private authority; empty when there is none
    public Optional<X509Certificate> authority() throws CertificateProblem {
        return Files.exists(caFile()) ? PemFile.read(caFile()).certificates().stream().findFirst() : Optional.empty();
    }

    /// Whether the private authority issued it.
    public boolean isPrivate(ServerCertificate certificate) throws CertificateProblem {
        return authority().filter(ca -> ServerCertificate.isIssuer(ca, certificate.own())).isPresent();
    }

    /// @return the private authority, made when there is none
    /// @throws CertificateProblem when there is half of one
    PrivateCa openAuthority(String name, SecureRandom random, Instant now) throws IOException {
        if (Files.exists(caFile()) || Files.exists(caKey())) {
            return PrivateCa.read(caFile(), caKey(), random);
        }
        PrivateCa made = PrivateCa.make(name, random, now);
        SecretFile.folder(folder);
        SecretFile.write(caKey(), made.keyPem());
        SecretFile.writePublic(caFile(), made.certificatePem());
        return made;
    }

    /// Whether a server can renew the certificate by itself: by ACME, or by the private authority, unless its key is kept elsewhere.
    boolean isRenewable(ServerCertificate certificate) throws IOException {
        return AcmeSettings.read(folder).isPresent() || isPrivate(certificate) && Files.exists(caKey());
    }

    /// Puts a certificate where the profile looks for it; a server that runs has it within 10 s.
    void write(Issued issued) throws IOException {
        SecretFile.folder(certificate().toAbsolutePath().getParent());
        SecretFile.folder(key().toAbsolutePath().getParent());
        if (key().equals(certificate())) {
            SecretFile.write(certificate(), issued.chainPem() + issued.keyPem());
        } else {
            // The key first: a certificate without it would be refused, and the old one stays until both are there.
            SecretFile.write(key(), issued.keyPem());
            SecretFile.writePublic(certificate(), issued.chainPem());
        }
    }

    public Path certificate() {
        return Path.of(files.certificate());
    }

    public Path key() {
        return Path.of(files.key());
    }

    public Path caFile() {
        return folder.resolve("ca.pem");
    }

    Path caKey() {
        return folder.resolve("ca.key");
    }

    /// Whether less than a third of its life is left.
    static boolean isDue(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        return now.isAfter(end.minus(life.dividedBy(3)));
    }
}
