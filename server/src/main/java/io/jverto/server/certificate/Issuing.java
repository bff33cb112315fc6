package io.jverto.server.certificate;

import io.jverto.base.Program;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.server.certificate.PrivateCa.Issued;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/// Makes certificates by the private authority, anew or in time.
public final class Issuing {
    private final CertificateStore store;
    private final SecureRandom random;

    public Issuing(CertificateStore store, SecureRandom random) {
        this.store = store;
        this.random = random;
    }

    /// What came of it.
    public sealed interface Outcome {
        /// @param authority with which devices trust it
        record Done(X509Certificate certificate, X509Certificate authority) implements Outcome {}

        /// By ACME: browsers know who issued it.
        record Got(X509Certificate certificate) implements Outcome {}

        /// There is time left.
        record NotDue(X509Certificate certificate) implements Outcome {}
    }

    /// @param force replace a certificate of somebody else's
    /// @throws CertificateProblem when the file holds something that is not ours to replace
    public Outcome.Done init(CertificateNames names, boolean force, Instant now) throws IOException {
        if (!force) {
            refuseOthers();
        }
        Outcome.Done done = issue(names, now);
        AcmeSettings.forget(store.folder());
        return done;
    }

    /// @param force whether it is due or not
    /// @throws CertificateProblem when somebody else issued it, or there is none
    public Outcome renew(boolean force, Instant now) throws IOException {
        ServerCertificate before = store.read().orElseThrow(() -> new CertificateProblem(
                "there is no certificate in " + store.certificate() + "; make one: " + Program.command("cert init --fqdn NAME")));
        Optional<AcmeSettings> acme = AcmeSettings.read(store.folder());
        if (acme.isPresent()) {
            return force || CertificateStore.isDue(before.own(), now)
                    ? new Outcome.Got(new AcmeClient(store, random).get(acme.get()))
                    : new Outcome.NotDue(before.own());
        }
        if (!store.isPrivate(before)) {
            throw new CertificateProblem(before.isSelfSigned()
                    ? "the certificate in " + store.certificate() + " vouches for itself; make one that devices can trust: " + Program.command("cert init --fqdn NAME")
                    : "the certificate in " + store.certificate() + " was issued by " + before.own().getIssuerX500Principal().getName()
                            + "; get a new one there, and put it into that file");
        }
        if (!force && !CertificateStore.isDue(before.own(), now)) {
            return new Outcome.NotDue(before.own());
        }
        return issue(CertificateNames.of(before.own()), now);
    }

    private Outcome.Done issue(CertificateNames names, Instant now) throws IOException {
        PrivateCa authority = store.openAuthority(names.all().getFirst(), random, now);
        if (CertificateStore.isDue(authority.certificate(), now)) {
            throw new CertificateProblem("the private authority in " + store.caFile() + " ends on " + authority.certificate().getNotAfter().toInstant()
                    + "; move " + store.caFile() + " and " + store.caKey() + " away, run " + Program.command("cert init") + ", and let devices trust the new one");
        }
        Issued issued = authority.issue(names, now);
        store.write(issued);
        return new Outcome.Done(issued.certificate(), authority.certificate());
    }

    private void refuseOthers() throws CertificateProblem {
        Optional<ServerCertificate> before;
        try {
            before = store.read();
        } catch (CertificateProblem unusable) {
            throw new CertificateProblem(unusable.getMessage() + ". Or replace it: " + Program.command("cert init --force"), unusable);
        }
        if (before.isPresent() && !before.get().isSelfSigned() && !store.isPrivate(before.get())) {
            throw new CertificateProblem(store.certificate() + " holds a certificate that " + before.get().own().getIssuerX500Principal().getName()
                    + " issued; to replace it all the same: --force");
        }
    }
}
