package io.jverto.server.certificate;

import io.jverto.base.Broken;
import io.jverto.base.Program;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.PemText;
import io.jverto.server.certificate.PrivateCa.Issued;
import io.jverto.server.startup.SecretFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/// Gets a certificate for public names by ACME (RFC 8555). The key of the account is kept beside the certificates.
public final class AcmeClient {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final String ACCOUNT = "acme-account.pem";
    private static final String CHALLENGES = "acme";

    private final CertificateStore store;
    private final SecureRandom random;

    public AcmeClient(CertificateStore store, SecureRandom random) {
        this.store = store;
        this.random = random;
    }

    /// @param certificates the folder of certificates
    /// @return where answers lie that a server that runs gives away
    public static Path challenges(Path certificates) {
        return certificates.resolve(CHALLENGES);
    }

    /// Gets one, puts it where the profile looks for it, and remembers how.
    ///
    /// @throws CertificateProblem when the authority does not give it; says what it said
    public X509Certificate get(AcmeSettings settings) throws IOException {
        SecretFile.folder(store.folder());
        try (Challenges challenges = Challenges.open(settings.proof(), challenges(store.folder()), random)) {
            Session session = new Session(settings.directory(), new Provider(client(settings)));
            Order order = account(settings, session).newOrder().domains(settings.hosts()).create();
            prove(order.getAuthorizations().stream().filter(one -> one.getStatus() != Status.VALID).toList(), challenges);
            Issued issued = finish(order);
            store.write(issued);
            settings.write(store.folder());
            return issued.certificate();
        } catch (AcmeException refused) {
            throw new CertificateProblem("no certificate from " + settings.directory() + ": " + reason(refused) + "; look at the names and the address of the authority", refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CertificateProblem("no certificate from " + settings.directory() + ": interrupted", stop);
        }
    }

    private Account account(AcmeSettings settings, Session session) throws IOException, AcmeException {
        AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
        if (!settings.email().isEmpty()) {
            builder.addEmail(settings.email());
        }
        return builder.create(session);
    }

    /// The certificate's form keeps the public key beside the private one.
    private KeyPair accountKey() throws IOException {
        Path file = store.folder().resolve(ACCOUNT);
        if (!Files.exists(file)) {
            PrivateCa holder = PrivateCa.make("ACME account", random, java.time.Instant.EPOCH);
            SecretFile.write(file, holder.certificatePem() + holder.keyPem());
        }
        PemFile kept = PemFile.read(file);
        if (kept.keys().isEmpty() || kept.certificates().isEmpty()) {
            throw new CertificateProblem(file + " does not hold the key of an ACME account; delete it, and the next " + Program.command("cert acme") + " makes another");
        }
        return new KeyPair(kept.certificates().getFirst().getPublicKey(), kept.keys().getFirst());
    }

    /// All are prepared before the first is looked at: records in the DNS take their time.
    private static void prove(List<Authorization> authorizations, Challenges challenges) throws IOException, AcmeException, InterruptedException {
        Map<Authorization, Challenge> asked = new LinkedHashMap<>();
        for (Authorization authorization : authorizations) {
            asked.put(authorization, challenges.prepare(authorization));
        }
        challenges.settle();
        for (Map.Entry<Authorization, Challenge> one : asked.entrySet()) {
            one.getValue().trigger();
            if (one.getKey().waitForCompletion(PATIENCE) != Status.VALID) {
                throw new CertificateProblem("the authority did not find us at " + one.getKey().getIdentifier().getDomain() + " by " + challenges.kind() + ": "
                        + detail(failed(one.getKey())) + "; " + challenges.remedy());
            }
        }
    }

    private static Optional<Problem> failed(Authorization authorization) {
        return authorization.getChallenges().stream().flatMap(challenge -> challenge.getError().stream()).findFirst();
    }

    private Issued finish(Order order) throws IOException, AcmeException, InterruptedException {
        KeyPair keys = PrivateCa.keys(random);
        if (order.waitUntilReady(PATIENCE) != Status.READY) {
            throw new CertificateProblem("the authority does not go on: " + detail(order.getError()) + "; try again later");
        }
        order.execute(keys);
        if (order.waitForCompletion(PATIENCE) != Status.VALID) {
            throw new CertificateProblem("the authority issues nothing: " + detail(order.getError()) + "; try again later");
        }
        try {
            String chain = order.getCertificate().getCertificateChain().stream().map(AcmeClient::pem).collect(Collectors.joining());
            return new Issued(order.getCertificate().getCertificate(), chain, PemText.of("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (RuntimeException lost) {
            throw new CertificateProblem("the certificate could not be fetched: " + lost.getMessage() + "; try again", lost);
        }
    }

    private static HttpClient client(AcmeSettings settings) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
        return settings.authorities().isEmpty() ? builder.build() : builder.sslContext(trusting(PemFile.read(settings.authorities().get()))).build();
    }

    private static SSLContext trusting(PemFile authorities) throws CertificateProblem {
        if (authorities.certificates().isEmpty()) {
            throw new CertificateProblem("there is no certificate in " + authorities.name() + "; put that of the ACME server's own authority there");
        }
        try {
            KeyStore known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            for (X509Certificate one : authorities.certificates()) {
                known.setCertificateEntry(one.getSubjectX500Principal().getName() + one.getSerialNumber(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new Broken("every Java has TLS", impossible);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return PemText.of("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new Broken("a certificate that was read can be written", impossible);
        }
    }

    private static String detail(Optional<Problem> problem) {
        return problem.flatMap(Problem::getDetail).orElse("it gave no reason");
    }

    private static String reason(AcmeException refused) {
        Throwable cause = refused.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(refused.getMessage()) : cause.getMessage();
    }

    /// An authority whose own certificate may come from one that only its users know.
    private static final class Provider extends GenericAcmeProvider {
        private final HttpClient client;

        Provider(HttpClient client) {
            this.client = client;
        }

        @Override
        public Connection connect(java.net.URI server, NetworkSettings settings, HttpClient ignored) {
            return super.connect(server, settings, client);
        }
    }
}
