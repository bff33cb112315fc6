package io.jverto.server;

import io.jverto.base.Program;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.net.NetworkLists;
import io.jverto.base.time.SystemTime;
import io.jverto.server.doctor.Examination;
import io.jverto.server.finding.Finding;
import io.jverto.server.finding.FindingReport;
import io.jverto.server.startup.CannotStart;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.server.users.HashTrial;
import io.jverto.server.users.UserSocket;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jverto doctor`: looks at everything that a caller would stumble over, and calls the server that runs, or one that it starts for that.
@Command(
        name = "jverto doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Looks at configuration, names, certificate, ports, NAT, codecs, files, clock and limits, and makes a call. "
                + "Ends with 0, with 1 after warnings, with 2 after errors.")
final class Doctor implements Callable<Integer> {
    private static final String FIRST_USER = "1000";
    private static final int CONNECT_MILLIS = 1_000;
    private static final int MAX_SECONDS = 86_400;

    private final PrintStream out;
    private final SecureRandom random = new SecureRandom();
    private final SystemTime time = new SystemTime();

    @Mixin
    private Folders folders = new Folders();

    @Option(names = "--fqdn", paramLabel = "NAME", description = "host name by which browsers come; may be repeated")
    private @Nullable List<String> fqdns;

    @Option(names = "--user", paramLabel = "USER[@DOMAIN]", description = "who calls; default: 1000 with the password of the configuration, else a user of the database. Without a password the server that runs lets him in")
    private @Nullable String user;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "of that user; others on this machine can see it in the list of processes")
    private @Nullable String password;

    @Option(names = "--dial", paramLabel = "NUMBER", defaultValue = "9196", description = "a number that echoes; default: ${DEFAULT-VALUE}")
    private String number = "";

    @Option(names = "--no-call", description = "do not make the call")
    private boolean noCall;

    @Option(names = "--security", description = "only what is less safe than in the configuration that comes along")
    private boolean security;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "20", description = "how long --security tries well-known passwords on those that are kept as hashes, newest first; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    Doctor(PrintStream out) {
        this.out = out;
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Doctor(System.out)).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        FindingReport report = new FindingReport(findings());
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return report.exitCode();
    }

    private List<Finding> findings() throws IOException {
        Path confDir = folders.conf().toAbsolutePath().normalize();
        Path dataDir = folders.data().toAbsolutePath().normalize();
        LocalNames names = LocalNames.find();
        Options options = new Options(confDir, dataDir, Folders.home(), System.getenv("JVERTO_DEFAULT_PASSWORD"), false);
        return switch (Configuration.read(options, new Configuration.Places(dataDir, dataDir.resolve("tls"), sharedPassword(options)), names)) {
            case Configuration.Reading.Refused(List<ConfigProblem> problems) -> problems.stream()
                    .filter(problem -> problem.severity() == Severity.ERROR)
                    .map(problem -> Finding.error("config", problem.origin() + ": " + problem.message(), "the server does not start with it", "mend that line"))
                    .toList();
            case Configuration.Reading.Usable(Configuration configuration) -> findings(options, configuration, names);
        };
    }

    private List<Finding> findings(Options options, Configuration configuration, LocalNames names) throws IOException {
        boolean running = isRunning(options.data());
        Examination examination = new Examination(new Examination.Place(options.conf(), options.data(), names), examined(configuration), running, random, time);
        if (security) {
            List<Finding> found = new ArrayList<>(examination.security());
            found.addAll(hashes(options, configuration));
            return found;
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(running
                ? Finding.fine("server", "one runs with " + options.data())
                : Finding.fine("server", "none runs with " + options.data() + "; the call goes to one that is started for it"));
        findings.add(summary(configuration.problems(), options.conf()));
        findings.addAll(examination.look(fqdns == null ? List.of() : fqdns));
        if (!noCall) {
            findings.addAll(running ? callRunning(examination, options.data(), configuration) : callStarted(examination, options, configuration));
        }
        return findings;
    }

    private List<Finding> hashes(Options options, Configuration configuration) throws IOException {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new CommandLine.ParameterException(new CommandLine(this), "--seconds is " + seconds + ": write a number from 0 to " + MAX_SECONDS);
        }
        List<String> shared = Optional.ofNullable(configuration.tree().variables().get("default_password")).filter(text -> !text.isEmpty()).stream().toList();
        return new HashCheck(new HashTrial(shared, Duration.ofSeconds(seconds), time), configuration, options.data()).run(time);
    }

    private static Finding summary(List<ConfigProblem> problems, Path conf) {
        long warnings = problems.stream().filter(problem -> problem.severity() == Severity.WARNING).count();
        return warnings == 0
                ? Finding.fine("config", conf + " can be used")
                : Finding.warning("config", conf + " can be used, with " + FindingReport.counted(warnings, "warning"), "something in it may not be as it was meant", Program.command("check") + " shows them");
    }

    private List<Finding> callRunning(Examination examination, Path data, Configuration configuration) throws IOException {
        VertoProfile profile = profile(configuration);
        Bind bind = bind(profile);
        Optional<List<String>> login = user == null || password != null ? login(profile, configuration) : Optional.empty();
        return (login.isPresent() ? login : byToken(data, configuration))
                .map(found -> examination.call(bind.address(), bind.secure(), found, number))
                .orElseGet(Doctor::nobody);
    }

    /// A user whose password nobody here knows, since the database has its hash alone: the server gives a token for this one call to whoever may
    /// read its data folder.
    private Optional<List<String>> byToken(Path data, Configuration configuration) throws IOException {
        Optional<UserId> id = user == null ? stored(data) : Optional.of(new UserId(user.replaceAll("@.*", ""),
                user.contains("@") ? user.substring(user.indexOf('@') + 1) : configuration.routing().directory().defaultDomain().orElse("")));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        JsonObjectBuilder request = new JsonObjectBuilder().put("do", "token").put("user", id.get().user()).put("domain", id.get().domain())
                .put("minutes", "1").put("number", number);
        return UserSocket.ask(data, request.build())
                .filter(reply -> reply.is("ok", JsonLiteral.TRUE))
                .flatMap(reply -> reply.string("text"))
                .map(token -> List.of(id.get().toString(), token));
    }

    private static Optional<UserId> stored(Path data) throws IOException {
        return UserSocket.ask(data, new JsonObjectBuilder().put("do", "list").build())
                .flatMap(reply -> reply.get("rows")).filter(JsonArray.class::isInstance).map(JsonArray.class::cast)
                .flatMap(rows -> rows.items().stream().findFirst()).flatMap(JsonValue::asObject)
                .map(row -> new UserId(row.string("user").orElse(""), row.string("domain").orElse("")));
    }

    /// On free ports, with files of its own, so that nothing of the installation changes.
    private List<Finding> callStarted(Examination examination, Options options, Configuration configuration) throws IOException {
        Path folder = Files.createTempDirectory("jverto-doctor-");
        String shared = UUID.randomUUID().toString();
        VertoProfile profile = profile(configuration);
        Optional<List<String>> login = user == null && !profile.auth().needed() ? Optional.of(List.of("", "")) : login(profile, configuration);
        try {
            Options apart = new Options(options.conf(), folder, folder.resolve("page"), shared, true);
            RunningServer server = RunningServer.start(apart);
            try {
                int index = configuration.verto().profiles().stream().flatMap(one -> one.binds().stream()).toList().indexOf(bind(profile));
                InetSocketAddress address = server.addresses().get(index);
                // Whoever has the password that all share has another one there.
                return login.map(found -> user == null && profile.auth().needed() && isShared(found, configuration) ? List.of(found.getFirst(), shared) : found)
                        .map(found -> examination.call(address, bind(profile).secure(), found, number))
                        .orElseGet(Doctor::nobody);
            } finally {
                server.stop();
            }
        } catch (CannotStart reason) {
            return List.of(Finding.error("self-call", "a server on free ports does not start: " + reason.getMessage(), "the server may not start either", "mend that"));
        } finally {
            delete(folder);
        }
    }

    private static boolean isShared(List<String> login, Configuration configuration) {
        return login.getLast().equals(configuration.tree().variables().get("default_password"));
    }

    private static List<Finding> nobody() {
        return List.of(Finding.warning("self-call", "there is no user whose password is known here", "the call was not tried", "--user USER --password PASSWORD"));
    }

    private Optional<List<String>> login(VertoProfile profile, Configuration configuration) {
        if (user != null) {
            return Optional.of(List.of(user, password == null ? "" : password));
        }
        if (!profile.auth().needed()) {
            return Optional.of(List.of("", ""));
        }
        var directory = configuration.routing().directory();
        return directory.domains().stream()
                .flatMap(domain -> Stream.concat(Stream.of(new UserId(FIRST_USER, domain)), directory.users(domain).stream()))
                .flatMap(id -> directory.find(id).stream())
                .filter(found -> found.param("password").filter(text -> !text.isEmpty()).isPresent())
                .findFirst()
                .map((DirectoryUser found) -> List.of(found.id().toString(), found.param("password").orElse("")));
    }

    static VertoProfile profile(Configuration configuration) {
        return configuration.verto().profiles().stream().filter(one -> one.binds().stream().anyMatch(Bind::secure)).findFirst()
                .orElseGet(() -> configuration.verto().profiles().getFirst());
    }

    static Bind bind(VertoProfile profile) {
        // The doctor is no proxy.
        return profile.binds().stream().filter(one -> !one.proxied()).sorted(Comparator.comparing(one -> !one.secure())).findFirst()
                .orElseGet(() -> profile.binds().getFirst());
    }

    static Examination.Config examined(Configuration configuration) {
        NetworkLists networks = configuration.routing().networks();
        return new Examination.Config(
                configuration.verto(), configuration.media(), MediaSettings.stun(configuration.verto().profiles()).map(StunServer::resolve),
                networks.find("rfc1918.auto").orElseThrow(), configuration.eventSocket(), configuration.sip(), configuration.tree().section("directory"),
                configuration.tree().section("dialplan"));
    }

    private static boolean isRunning(Path data) throws IOException {
        Optional<DataFolder.Console> console = DataFolder.Console.find(data);
        try (Socket socket = new Socket()) {
            if (console.isPresent()) {
                socket.connect(new InetSocketAddress(console.get().host(), console.get().port()), CONNECT_MILLIS);
            }
            return console.isPresent();
        } catch (IOException gone) {
            return false;
        }
    }

    private static String sharedPassword(Options options) throws IOException {
        Path file = options.data().resolve("default_password");
        return options.password() != null ? options.password() : Files.isReadable(file) ? Files.readString(file).strip() : "not generated yet";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
