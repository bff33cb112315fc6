package io.jverto.server.certificate;

import io.jverto.base.time.Repeating;
import io.jverto.base.time.TimeSource;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.ServerCertificate;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Beside a server that runs: renews what the private authority issued or ACME gave when a third of its life is left, and knows whether
/// the authority is in use.
/// Thread-safe.
public final class CertificateKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CertificateKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration RENEW = Duration.ofHours(12);

    private final List<CertificateStore> stores;
    private final SecureRandom random;
    private final TimeSource time;
    private final Repeating turns;
    /// When it was last looked whether one is due; of the keeper's thread.
    private long renewed;
    private volatile Optional<X509Certificate> authority = Optional.empty();

    /// @param stores of the profiles that listen over TLS
    public CertificateKeeper(List<CertificateStore> stores, SecureRandom random, TimeSource time) {
        this(stores, random, time, LOOK);
    }

    /// @param every how often it looks whose certificates are in use
    CertificateKeeper(List<CertificateStore> stores, SecureRandom random, TimeSource time, Duration every) {
        this.stores = List.copyOf(stores);
        this.random = random;
        this.time = time;
        this.turns = new Repeating(time, "certificates", every);
        this.renewed = time.nanoTime() - RENEW.toNanos();
        look();
    }

    public void open() {
        turns.startLater(this::turn);
    }

    /// @return the private authority, while a certificate of it is in use
    public Optional<X509Certificate> authority() {
        return authority;
    }

    private void turn() {
        if (time.nanoTime() - renewed >= RENEW.toNanos()) {
            renewed = time.nanoTime();
            stores.forEach(this::renew);
        }
        look();
    }

    private void look() {
        authority = stores.stream().flatMap(store -> inUse(store).stream()).findFirst();
    }

    private static Optional<X509Certificate> inUse(CertificateStore store) {
        try {
            Optional<X509Certificate> ca = store.authority();
            return ca.isPresent() && store.read().filter(own -> ServerCertificate.isIssuer(ca.get(), own.own())).isPresent() ? ca : Optional.empty();
        } catch (CertificateProblem told) {
            return Optional.empty(); // the listener complains of it
        }
    }

    private void renew(CertificateStore store) {
        try {
            Optional<ServerCertificate> own = store.read();
            if (own.isPresent() && store.isRenewable(own.get())) {
                switch (new Issuing(store, random).renew(false, time.wallTime())) {
                    case Issuing.Outcome.Done done -> tell(store, done.certificate());
                    case Issuing.Outcome.Got got -> tell(store, got.certificate());
                    case Issuing.Outcome.NotDue _ -> { }
                }
            }
        } catch (IOException problem) {
            log.warn("the certificate in {} was not renewed: {}", store.certificate(), problem.getMessage());
        }
    }

    private static void tell(CertificateStore store, X509Certificate certificate) {
        log.info("the certificate in {} was renewed, to {}", store.certificate(), certificate.getNotAfter().toInstant());
    }

    @Override
    public void close() {
        turns.close();
    }
}
