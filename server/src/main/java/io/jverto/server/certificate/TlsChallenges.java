package io.jverto.server.certificate;

import io.jverto.base.time.SystemTime;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.server.certificate.PrivateCa.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Certificates by which an authority sees over TLS that a name leads here: in files, which a server that runs shows at its own ports, and on a
/// port of their own where that is free.
final class TlsChallenges implements Challenges {
    private static final Logger log = LoggerFactory.getLogger(TlsChallenges.class);
    private static final int HTTPS = 443;

    private final ChallengeFiles files;
    private final int port;
    private final SecureRandom random;
    private final Optional<ProofListener> own;

    TlsChallenges(ChallengeFiles files, int port, SecureRandom random) {
        this.files = files;
        this.random = random;
        this.port = port;
        this.own = listen();
    }

    @Override
    public String kind() {
        return TlsAlpn01Challenge.TYPE;
    }

    @Override
    public Challenge prepare(Authorization authorization) throws IOException {
        TlsAlpn01Challenge challenge = Challenges.find(authorization, TlsAlpn01Challenge.class, kind());
        String host = authorization.getIdentifier().getDomain().toLowerCase(Locale.ROOT);
        Issued proof = PrivateCa.proof(CertificateNames.of(List.of(host)), challenge.getAcmeValidation(), random, Instant.now());
        PemFile both = PemFile.decode(host, (proof.chainPem() + proof.keyPem()).getBytes(StandardCharsets.US_ASCII));
        if (own.isPresent()) {
            own.get().show(host, ServerCertificate.of(both, both, both));
        }
        files.put(host + ".pem", proof.chainPem() + proof.keyPem());
        return challenge;
    }

    @Override
    public String remedy() {
        return "the name must lead to this machine, and its port " + (port == HTTPS ? "443" : "443, or what forwards it to " + port + ",") + " be open"
                + (own.isPresent() ? "" : " and that of this server, or of whoever passes TLS on to it as it comes (we could not open it ourselves)");
    }

    private Optional<ProofListener> listen() {
        try {
            return Optional.of(ProofListener.open(port, new SystemTime()));
        } catch (IOException taken) {
            log.info("port {} cannot be opened ({}): the server must have it, or whoever has it must pass TLS on to the server", port, taken.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        own.ifPresent(ProofListener::close);
        files.delete();
    }
}
