package io.jverto.server.certificate;

import io.jverto.base.Program;
import io.jverto.base.tls.CertificateConcerns;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.server.finding.Finding;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Looks at a certificate as a browser will: form, key, dates, strength, names, and who vouches for it.
public final class CertificateCheck {
    private static final int LEAST_RSA_BITS = 2_048;
    /// What Apple's browsers ask of certificates of private authorities.
    private static final Duration LONGEST_LIFE = Duration.ofDays(825);
    private static final String SUBJECT = "certificate";

    private final CertificateStore store;
    private final Instant now;

    public CertificateCheck(CertificateStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /// @param names by which clients come
    public List<Finding> run(Collection<String> names) {
        try {
            return store.read().map(certificate -> findings(certificate, names)).orElseGet(() -> List.of(Finding.error(
                    SUBJECT, "there is no file " + store.certificate(), "nobody can open the page or log in",
                    "make a certificate: " + Program.command("cert init --fqdn NAME"))));
        } catch (CertificateProblem problem) {
            String[] parts = String.valueOf(problem.getMessage()).split("; ", 2);
            return List.of(Finding.error(SUBJECT, parts[0], "the server does not start with it, or keeps the one before",
                    parts.length > 1 ? parts[1] : "mend the file"));
        }
    }

    private List<Finding> findings(ServerCertificate certificate, Collection<String> names) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fine(SUBJECT, store.certificate() + " holds a certificate with its private key"));
        List<String> concerns = CertificateConcerns.of(certificate, store.certificate(), store.key(), now);
        concerns.forEach(concern -> findings.add(concern(concern)));
        if (concerns.isEmpty()) {
            findings.add(Finding.fine("dates", "it is valid to " + CertificateText.day(certificate.own().getNotAfter())));
        }
        findings.addAll(strength(certificate.own()));
        findings.add(vouching(certificate));
        findings.addAll(names(certificate.own(), names));
        return findings;
    }

    private static Finding concern(String text) {
        String[] parts = text.split("; ", 2);
        boolean fails = text.contains(" expired on ") || text.contains(" counts from ");
        return new Finding(fails ? Finding.Level.ERROR : Finding.Level.WARNING, text.contains("chmod") ? "key" : "dates", parts[0],
                text.contains("chmod") ? "whoever has the key can pretend to be this server" : fails ? "nobody can open the page or log in" : "calls go on until then",
                parts.length > 1 ? parts[1] : "");
    }

    private static List<Finding> strength(X509Certificate own) {
        List<Finding> findings = new ArrayList<>();
        if (own.getSigAlgName().matches("(?i)(SHA1|MD5|MD2)with.*")) {
            findings.add(Finding.error("strength", "it is signed with " + own.getSigAlgName(), "browsers refuse it",
                    "make one with SHA-256: " + Program.command("cert init --fqdn NAME")));
        }
        if (own.getPublicKey() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            findings.add(Finding.error("strength", "its RSA key has " + rsa.getModulus().bitLength() + " bits", "browsers refuse it",
                    "take " + LEAST_RSA_BITS + " bits or more, or EC P-256: " + Program.command("cert init --fqdn NAME")));
        }
        Duration life = Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
        if (life.compareTo(LONGEST_LIFE) > 0) {
            findings.add(Finding.warning("strength", "it lives for " + life.toDays() + " days", "iPhones and Safari refuse more than "
                    + LONGEST_LIFE.toDays(), "make one that ends earlier: " + Program.command("cert init --fqdn NAME")));
        }
        return findings;
    }

    /// A path from the certificate to somebody whom browsers know, or to the private authority (RFC 5280 section 6). At a date when it is valid:
    /// dates are told of by themselves.
    private Finding vouching(ServerCertificate certificate) {
        if (certificate.isSelfSigned()) {
            return Finding.warning("issuer", "nobody vouches for it but itself", "browsers show a warning first, telephones may refuse",
                    Program.command("cert init --fqdn NAME") + ", or " + Program.command("cert acme") + " for a public name");
        }
        try {
            Set<TrustAnchor> anchors = anchors();
            List<X509Certificate> path = certificate.chain().stream()
                    .takeWhile(one -> anchors.stream().noneMatch(anchor -> one.equals(anchor.getTrustedCert()))).toList();
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(certificate.own().getNotBefore().toInstant().plusSeconds(1)));
            CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return store.isPrivate(certificate)
                    ? Finding.fine("issuer", "the private authority in " + store.caFile() + " vouches for it; devices must have that, from the page /ca")
                    : Finding.fine("issuer", "browsers know who issued it: " + certificate.chain().getLast().getIssuerX500Principal().getName());
        } catch (GeneralSecurityException | CertificateProblem unknown) {
            String last = certificate.chain().getLast().getIssuerX500Principal().getName();
            return Finding.warning("issuer", "no way leads from it to an authority that this machine knows; the last one named is " + last,
                    "browsers that do not know " + last + " refuse to connect",
                    "put the certificates between it and the root into " + store.certificate() + " too (or into secure-chain)");
        }
    }

    private Set<TrustAnchor> anchors() throws GeneralSecurityException, CertificateProblem {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Set<TrustAnchor> anchors = new HashSet<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                for (X509Certificate one : known.getAcceptedIssuers()) {
                    anchors.add(new TrustAnchor(one, null));
                }
            }
        }
        store.authority().ifPresent(ca -> anchors.add(new TrustAnchor(ca, null)));
        return anchors;
    }

    private List<Finding> names(X509Certificate own, Collection<String> wanted) {
        CertificateNames names = CertificateNames.of(own);
        if (names.all().isEmpty()) {
            return List.of(Finding.error("names", "it has no subjectAltName", "browsers refuse it whatever its common name is",
                    "make one with names: " + Program.command("cert init --fqdn NAME")));
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : wanted) {
            findings.add(names.covers(name)
                    ? Finding.fine("names", "it is good for " + name)
                    : Finding.error("names", "it is not good for " + name + ", only for " + String.join(", ", names.all()),
                            "a browser that opens https://" + name + " refuses it", Program.command("cert init --fqdn ") + name));
        }
        if (wanted.isEmpty()) {
            findings.add(Finding.fine("names", "it is good for " + String.join(", ", names.all())));
        }
        return findings;
    }
}
