package io.jverto.server;

import io.jverto.base.Program;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.server.certificate.AcmeClient;
import io.jverto.server.certificate.AcmeProof;
import io.jverto.server.certificate.AcmeSettings;
import io.jverto.server.certificate.CertificateCheck;
import io.jverto.server.certificate.CertificateNames;
import io.jverto.server.certificate.CertificateStore;
import io.jverto.server.certificate.CertificateText;
import io.jverto.server.certificate.Issuing;
import io.jverto.server.finding.FindingReport;
import io.jverto.server.startup.LocalNames;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `jverto cert`: makes, shows, checks and renews the certificate of a profile, whether the server runs or not.
@Command(
        name = "jverto cert",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Makes, shows, checks and renews the certificate that browsers see.")
final class Certificates {
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final int HTTPS = 443;
    private static final int MAX_DNS_WAIT = 3_600;
    private static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /// At which the chosen profile listens over TLS; known once its certificate was looked for.
    private int port;

    @Mixin
    private Folders folders = new Folders();

    @Option(names = "--profile", paramLabel = "NAME", scope = ScopeType.INHERIT, description = "of verto.conf; the first that listens over TLS when not named")
    private @Nullable String profile;

    Certificates(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    public static void main(String... arguments) {
        System.exit(new Certificates(System.out, System.err, Clock.systemUTC()).execute(arguments));
    }

    int execute(String... arguments) {
        return new CommandLine(this)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((wrong, _, _) -> {
                    if (wrong instanceof IOException || wrong instanceof IllegalArgumentException) {
                        err.println("jverto: " + reason(wrong));
                        return REFUSED;
                    }
                    throw wrong;
                })
                .execute(arguments);
    }

    @Command(name = "init", mixinStandardHelpOptions = true,
            description = "Makes a private authority, if there is none, and a certificate of it for this server.")
    int init(
            @Option(names = "--fqdn", paramLabel = "NAME", required = true, description = "host name by which browsers come; may be repeated") List<String> fqdns,
            @Option(names = "--address", paramLabel = "IP", description = "a further address; those of this machine are always in it") @Nullable List<String> addresses,
            @Option(names = "--force", description = "replace a certificate that somebody else issued") boolean force) throws IOException {
        LocalNames names = LocalNames.find();
        CertificateStore store = store(names);
        List<String> all = new ArrayList<>(fqdns);
        all.add("localhost");
        all.addAll(addresses == null ? List.of() : addresses);
        all.addAll(names.addresses());
        Issuing.Outcome.Done done = new Issuing(store, random).init(CertificateNames.of(all), force, clock.instant());
        tell(store, done);
        out.println("  devices      trust it once they have the authority: open https://" + fqdns.getFirst() + ":" + port + "/ca on each, or copy " + store.caFile());
        out.println("  the name     " + fqdns.getFirst() + " must lead to this machine: by DNS, or by a line in each device's hosts file: "
                + names.ipv4() + " " + fqdns.getFirst());
        return OK;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the certificate, and the private authority if there is one.")
    int show() throws IOException {
        CertificateStore store = store(LocalNames.find());
        ServerCertificate certificate = store.read().orElseThrow(() -> new CertificateProblem(
                "there is no file " + store.certificate() + "; make a certificate: " + Program.command("cert init --fqdn NAME")));
        out.print(CertificateText.of(store, certificate));
        store.authority().ifPresent(ca -> out.printf("private CA %s, to %s, SHA-256 %s%n", store.caFile(), CertificateText.day(ca.getNotAfter()),
                CertificateText.fingerprint(ca)));
        return OK;
    }

    @Command(name = "check", mixinStandardHelpOptions = true,
            description = "Looks at the certificate as a browser does: chain, dates, names, key. Ends with 0, with 1 after warnings, with 2 after errors.")
    int check(
            @Option(names = "--fqdn", paramLabel = "NAME", description = "host name by which browsers come; may be repeated") @Nullable List<String> fqdns,
            @Option(names = "--json", description = "as JSON") boolean json) throws IOException {
        FindingReport report = new FindingReport(
                new CertificateCheck(store(LocalNames.find()), clock.instant()).run(fqdns == null ? List.of() : fqdns));
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return report.exitCode();
    }

    @Command(name = "renew", mixinStandardHelpOptions = true,
            description = "Issues it anew, with the same names, when less than a third of its life is left.")
    int renew(@Option(names = "--force", description = "whether it is time or not") boolean force) throws IOException {
        CertificateStore store = store(LocalNames.find());
        switch (new Issuing(store, random).renew(force, clock.instant())) {
            case Issuing.Outcome.Done done -> tell(store, done);
            case Issuing.Outcome.Got got -> tell(store, got.certificate());
            case Issuing.Outcome.NotDue left ->
                out.println("the certificate in " + store.certificate() + " is valid to " + CertificateText.day(left.certificate().getNotAfter())
                        + ": nothing to do (--force renews it all the same)");
        }
        return OK;
    }

    @Command(name = "acme", mixinStandardHelpOptions = true,
            description = "Gets a certificate for public names by ACME, from Let's Encrypt or another authority. Agrees to its terms for you.")
    int acme(
            @Option(names = "--fqdn", paramLabel = "NAME", required = true, description = "host name by which browsers come; may be repeated") List<String> fqdns,
            @Option(names = "--email", paramLabel = "ADDRESS", defaultValue = "", description = "where the authority writes when something is wrong") String email,
            @Option(names = "--directory", paramLabel = "URL", defaultValue = LETS_ENCRYPT, description = "of the authority; default: ${DEFAULT-VALUE}") URI directory,
            @Option(names = "--directory-ca", paramLabel = "FILE", description = "PEM of whom its own https certificate comes from") @Nullable Path authorities,
            @Mixin ProofOptions proof) throws IOException {
        CertificateStore store = store(LocalNames.find());
        CertificateNames names = CertificateNames.of(fqdns);
        if (!names.addresses().isEmpty()) {
            throw new IllegalArgumentException("'" + names.addresses().getFirst() + "' is an address; ACME is asked for names here");
        }
        Optional<Path> known = Optional.ofNullable(authorities).map(Path::toAbsolutePath);
        tell(store, new AcmeClient(store, random).get(new AcmeSettings(directory, known, email, names.hosts(), proof.chosen())));
        return OK;
    }

    /// How the names are proved.
    static final class ProofOptions {
        @Option(names = "--challenge", paramLabel = "KIND", defaultValue = "http-01",
                description = "http-01, or tls-alpn-01: the question comes to the port of TLS; default: ${DEFAULT-VALUE}, with --dns-hook dns-01")
        private String kind = "";

        @Option(names = "--http-port", paramLabel = "PORT", defaultValue = "80", description = "where the question of http-01 arrives; default: ${DEFAULT-VALUE}")
        private int httpPort;

        @Option(names = "--tls-port", paramLabel = "PORT", defaultValue = "443", description = "where that of tls-alpn-01 arrives; default: ${DEFAULT-VALUE}")
        private int tlsPort;

        @Option(names = "--dns-hook", paramLabel = "PROGRAM", description = "called with present or cleanup, the name of a TXT record, and its value; for names with *")
        private @Nullable Path hook;

        @Option(names = "--dns-wait", paramLabel = "SECONDS", defaultValue = "30", description = "until all servers of the domain have the record; default: ${DEFAULT-VALUE}")
        private int wait;

        AcmeProof chosen() {
            if (wait < 0 || wait > MAX_DNS_WAIT) {
                throw new IllegalArgumentException("--dns-wait is " + wait + ": write seconds from 0 to " + MAX_DNS_WAIT);
            }
            if (hook != null) {
                return new AcmeProof.Dns01(hook.toAbsolutePath(), Duration.ofSeconds(wait));
            }
            return switch (kind) {
                case "http-01" -> new AcmeProof.Http01(httpPort);
                case "tls-alpn-01" -> new AcmeProof.TlsAlpn01(tlsPort);
                case "dns-01" -> throw new IllegalArgumentException("dns-01 needs a program that makes the record: --dns-hook PROGRAM");
                default -> throw new IllegalArgumentException("--challenge is '" + kind + "': write http-01, tls-alpn-01 or dns-01");
            };
        }
    }

    private void tell(CertificateStore store, X509Certificate certificate) {
        out.println("  certificate  " + store.certificate() + ", to " + CertificateText.day(certificate.getNotAfter()) + ", for "
                + String.join(", ", CertificateNames.of(certificate).all()));
    }

    private void tell(CertificateStore store, Issuing.Outcome.Done done) {
        tell(store, done.certificate());
        out.println("  authority    " + store.caFile() + ", to " + CertificateText.day(done.authority().getNotAfter()) + ", SHA-256 "
                + CertificateText.fingerprint(done.authority()));
        out.println("  server       one that runs shows it within 10 s, and nobody is dropped");
    }

    /// @throws CertificateProblem when the configuration names no certificate
    private CertificateStore store(LocalNames names) throws CertificateProblem {
        Path confDir = folders.conf();
        Path folder = folders.data().toAbsolutePath().normalize();
        Options options = new Options(confDir, folder, Folders.home(), null, false);
        Configuration.Places places = new Configuration.Places(folder, folder.resolve("tls"), "a generated password");
        return switch (Configuration.read(options, places, names)) {
            case Configuration.Reading.Usable(Configuration configuration) ->
                new CertificateStore(folder.resolve("tls"), chosen(configuration).tls());
            case Configuration.Reading.Refused(List<ConfigProblem> problems) -> throw new CertificateProblem(
                    "the configuration in " + confDir + " cannot be used; " + Program.command("check") + " says more:\n  " + problems.stream()
                            .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                            .limit(3).map(ConfigProblem::toString).collect(Collectors.joining("\n  ")));
        };
    }

    private VertoProfile chosen(Configuration configuration) throws CertificateProblem {
        VertoProfile found = configuration.verto().profiles().stream()
                .filter(one -> profile == null ? one.binds().stream().anyMatch(Bind::secure) : one.name().equals(profile))
                .findFirst()
                .orElseThrow(() -> new CertificateProblem(profile == null
                        ? "no profile of verto.conf listens over TLS; add a bind-local with secure=\"true\" and a secure-combined"
                        : "verto.conf has no profile " + profile));
        if (found.tls().certificate().isEmpty() || found.tls().key().isEmpty()) {
            throw new CertificateProblem("profile " + found.name() + " names no certificate; add secure-combined, for instance $${certs_dir}/wss.pem");
        }
        port = found.binds().stream().filter(Bind::secure).findFirst().map(bind -> bind.address().getPort()).orElse(HTTPS);
        return found;
    }

    private static String reason(Exception wrong) {
        return wrong instanceof CertificateProblem || wrong instanceof IllegalArgumentException
                ? wrong.getMessage()
                : wrong.getClass().getSimpleName() + ": " + wrong.getMessage() + "; is there room on the disk, and may the folder be written to?";
    }
}
