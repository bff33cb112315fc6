package io.jverto.server;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.base.time.SystemTime;
import io.jverto.server.startup.LocalNames;
import io.jverto.server.startup.Passwords;
import io.jverto.server.store.Database;
import io.jverto.server.store.StoredUsers;
import io.jverto.server.users.PasswordParams;
import io.jverto.server.users.TokenDesk;
import io.jverto.server.users.UserAdmin;
import io.jverto.server.users.UserFile;
import io.jverto.server.users.UserSocket;
import io.jverto.server.users.WeakPassword;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.switchboard.port.UserId;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jverto user`: users in the database. The server that runs with the data folder is asked to do it; without one it is done here.
@Command(
        name = "jverto user",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Adds, changes, deletes and shows users in the database, whether the server runs or not.")
final class Users {
    private static final int OK = 0;
    private static final int REFUSED = 1;

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final SecureRandom random = new SecureRandom();
    private final SystemTime time = new SystemTime();
    private @Nullable Configuration configuration;
    /// Open as soon as it is needed here, until the command is done.
    private @Nullable Database database;

    @Mixin
    private Folders folders = new Folders();

    Users(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String... arguments) {
        System.exit(new Users(System.in, System.out, System.err).execute(arguments));
    }

    int execute(String... arguments) {
        try {
            return commandLine().execute(arguments);
        } finally {
            if (database != null) {
                database.close();
            }
        }
    }

    private CommandLine commandLine() {
        return new CommandLine(this)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((wrong, _, _) -> {
                    if (wrong instanceof Refused || wrong instanceof IOException) {
                        err.println("jverto: " + wrong.getMessage());
                        return REFUSED;
                    }
                    throw wrong;
                });
    }

    /// Something that whoever typed the command can mend.
    private static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /// What a user or a group can be given.
    static final class Given {
        @Option(names = "--param", paramLabel = "NAME=VALUE", description = "for the switch; an empty value takes it away")
        private Map<String, String> params = new LinkedHashMap<>();

        @Option(names = "--variable", paramLabel = "NAME=VALUE", description = "of the user's calls; an empty value takes it away")
        private Map<String, String> variables = new LinkedHashMap<>();
    }

    /// What only a user can be given.
    static final class OfUser {
        @Option(names = "--groups", paramLabel = "NAMES", description = "groups, separated by commas; of the first one the settings are inherited")
        private @Nullable String groups;

        @Option(names = "--alias", paramLabel = "NUMBER", description = "number-alias: another name by which the user is found")
        private @Nullable String alias;

        @Option(names = "--cidr", paramLabel = "NETWORKS",
                description = "networks, separated by commas, which a <node> with the domain in acl.conf holds; an empty value takes them away")
        private @Nullable String cidr;

        @Option(names = "--generate", description = "make a password and print it")
        private boolean generate;

        @Option(names = "--a1-hash", description = "keep with the password what SIP's digest needs, which is as good as the password there")
        private boolean digests;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a user. The password is asked for, or read as a line of the input.")
    int add(
            @Parameters(paramLabel = "USER[@DOMAIN]") String user,
            @Mixin Given given,
            @Mixin OfUser ofUser,
            @Option(names = "--no-password", description = "a user who cannot log in") boolean without) throws IOException {
        UserId id = id(user);
        Map<String, String> params = new LinkedHashMap<>(given.params);
        if (!without) {
            params.putAll(password(id, ofUser));
        }
        warnOfConfigured(id);
        return done(change("add", id, params, given, ofUser));
    }

    @Command(name = "set", mixinStandardHelpOptions = true, description = "Changes a user; what is not named stays.")
    int set(
            @Parameters(paramLabel = "USER[@DOMAIN]") String user,
            @Mixin Given given,
            @Mixin OfUser ofUser,
            @Option(names = "--password", description = "a new password: asked for, or read as a line of the input") boolean changes)
            throws IOException {
        UserId id = id(user);
        Map<String, String> params = new LinkedHashMap<>(given.params);
        if (changes || ofUser.generate) {
            params.putAll(password(id, ofUser));
        }
        return done(change("set", id, params, given, ofUser));
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a user.")
    int delete(@Parameters(paramLabel = "USER[@DOMAIN]") String user) throws IOException {
        return done(request("delete", id(user)).build());
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what is stored of a user, but no password, as JSON.")
    int show(@Parameters(paramLabel = "USER[@DOMAIN]") String user) throws IOException {
        return done(request("show", id(user)).build());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the users of the database.")
    int list(
            @Option(names = "--domain", paramLabel = "NAME", description = "of this domain alone", defaultValue = "") String domain,
            @Option(names = "--json", description = "a JSON object for each line, with everything but passwords") boolean json) throws IOException {
        JsonObjectBuilder request = request("list", new UserId("", domain));
        JsonObject reply = ask(request.build());
        if (rows(reply).isEmpty()) {
            return tell(reply);
        }
        for (List<JsonObject> page = rows(reply); !page.isEmpty(); page = rows(ask(request.build()))) {
            page.forEach(row -> out.println(json ? JsonText.write(row) : line(row)));
            request.put("after-user", page.getLast().string("user").orElse("")).put("after-domain", page.getLast().string("domain").orElse(""));
        }
        return OK;
    }

    private static String line(JsonObject row) {
        boolean password = row.object("params").flatMap(all -> all.get(PasswordHash.PARAM)).isPresent();
        return String.format("%-30s %-12s %-20s %s", row.string("user").orElse("") + "@" + row.string("domain").orElse(""),
                row.string("alias").orElse(""), names(row), password ? "password" : "no password");
    }

    @Command(name = "domain", mixinStandardHelpOptions = true, description = "Shows or changes what all users of a domain inherit.")
    int domain(@Parameters(paramLabel = "DOMAIN") String name, @Mixin Given given) throws IOException {
        return done(shared("", name, given));
    }

    @Command(name = "group", mixinStandardHelpOptions = true, description = "Shows or changes what all users of a group inherit.")
    int group(@Parameters(paramLabel = "GROUP[@DOMAIN]") String name, @Mixin Given given) throws IOException {
        UserId group = id(name);
        return done(shared(group.user(), group.domain(), given));
    }

    @Command(name = "hash", mixinStandardHelpOptions = true, description = "Prints a password's hash, for the param password-hash in an XML directory.")
    int hash() throws IOException {
        out.println(PasswordHash.of(typed(), random));
        return OK;
    }

    @Command(name = "token", mixinStandardHelpOptions = true, description = {
        "Prints a token, which lets the user in in place of his password for a short time, whether he has one or not. The server that runs gives it.",
        "It ends early when the user is deleted or gets another password."})
    int token(
            @Parameters(paramLabel = "USER[@DOMAIN]") String user,
            @Option(names = "--minutes", paramLabel = "N", description = "how long it is good, 1 to 1440; ${DEFAULT-VALUE} unless said", defaultValue = "" + TokenDesk.MINUTES)
                    String minutes,
            @Option(names = "--number", paramLabel = "NUMBER", description = "the only number that may be called; nothing else may be done then", defaultValue = "")
                    String number) throws IOException {
        JsonObject request = request("token", id(user)).put("minutes", minutes).put("number", number).build();
        return tell(UserSocket.ask(dataFolder(), request)
                .orElseThrow(() -> new Refused("no server runs with " + dataFolder() + "; a token is given by the one that it is for: start it first")));
    }

    @Command(name = "import", mixinStandardHelpOptions = true, description = {
        "Adds the users of a CSV file, one a line. The first line names the columns: user, domain, password, groups, alias, cidr, param:NAME,",
        "variable:NAME. Ends with 1 when any of them was refused; the others are added."})
    int importFile(
            @Parameters(paramLabel = "FILE", description = "the file, or - for the input") String file,
            @Option(names = "--update", description = "change those who are there already") boolean update,
            @Option(names = "--a1-hash", description = "keep with each password what SIP's digest needs") boolean digests) throws IOException {
        List<UserFile.Line> lines = UserFile.read(file.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(file)));
        int added = 0;
        for (UserFile.Line line : lines) {
            Optional<String> wrong = line.problem().isPresent() ? line.problem() : imported(line, update, digests);
            wrong.ifPresent(why -> err.println("jverto: line " + line.number() + ": " + why));
            added += wrong.isEmpty() ? 1 : 0;
        }
        out.println(added + " of " + lines.size() + " users");
        return added == lines.size() ? OK : REFUSED;
    }

    private Optional<String> imported(UserFile.Line line, boolean update, boolean digests) throws IOException {
        UserId id = line.domain().isEmpty() ? id(line.user()) : new UserId(line.user(), line.domain());
        Map<String, String> params = new LinkedHashMap<>(line.params());
        if (!line.password().isEmpty()) {
            params.putAll(PasswordParams.of(id, line.password(), digests, random));
        }
        JsonObjectBuilder request = request("add", id).put("params", object(params)).put("variables", object(line.variables()));
        line.groups().ifPresent(groups -> request.put("groups", list(groups)));
        line.alias().ifPresent(alias -> request.put("alias", alias));
        line.cidr().ifPresent(cidr -> request.put("cidr", cidr));
        JsonObject reply = ask(request.build());
        if (!isOk(reply) && update) {
            reply = ask(request.put("do", "set").build());
        }
        return isOk(reply) ? Optional.empty() : reply.string("text");
    }

    private static JsonObject change(String what, UserId id, Map<String, String> params, Given given, OfUser ofUser) {
        JsonObjectBuilder request = request(what, id).put("params", object(params)).put("variables", object(given.variables));
        if (ofUser.groups != null) {
            request.put("groups", list(ofUser.groups));
        }
        if (ofUser.alias != null) {
            request.put("alias", ofUser.alias);
        }
        if (ofUser.cidr != null) {
            request.put("cidr", ofUser.cidr);
        }
        return request.build();
    }

    private static JsonObject shared(String group, String domain, Given given) {
        return request("share", new UserId("", domain)).put("group", group)
                .put("params", object(given.params)).put("variables", object(given.variables)).build();
    }

    private static JsonObjectBuilder request(String what, UserId id) {
        return new JsonObjectBuilder().put("do", what).put("user", id.user()).put("domain", id.domain());
    }

    private static JsonObject object(Map<String, String> entries) {
        return new JsonObjectBuilder().putAll(entries).build();
    }

    private static JsonArray list(String names) {
        return new JsonArray(Arrays.stream(names.split(",")).map(String::trim).filter(name -> !name.isEmpty())
                .<JsonValue>map(JsonString::new).toList());
    }

    private int done(JsonObject request) throws IOException {
        return tell(ask(request));
    }

    private int tell(JsonObject reply) {
        String text = reply.string("text").orElse("");
        if (!isOk(reply)) {
            err.println("jverto: " + text);
            return REFUSED;
        }
        rows(reply).forEach(row -> out.println(JsonText.write(row)));
        if (rows(reply).isEmpty()) {
            out.println(text);
        }
        return OK;
    }

    private static boolean isOk(JsonObject reply) {
        return reply.is("ok", JsonLiteral.TRUE);
    }

    private static List<JsonObject> rows(JsonObject reply) {
        return reply.get("rows").filter(JsonArray.class::isInstance).map(JsonArray.class::cast).stream()
                .flatMap(rows -> rows.items().stream()).flatMap(row -> row.asObject().stream()).toList();
    }

    private static String names(JsonObject row) {
        return row.get("groups").filter(JsonArray.class::isInstance).map(JsonArray.class::cast).stream()
                .flatMap(all -> all.items().stream()).flatMap(name -> name.asString().stream()).collect(Collectors.joining(","));
    }

    /// Whoever runs is asked; when nobody does, the database is opened here.
    private JsonObject ask(JsonObject request) throws IOException {
        Path folder = dataFolder();
        Optional<JsonObject> reply = UserSocket.ask(folder, request);
        if (reply.isPresent()) {
            return reply.get();
        }
        refuseForeignFolder(folder);
        Files.createDirectories(folder);
        if (database == null) {
            database = new Database(RunningServer.database(configuration(), folder.resolve("db")), time);
        }
        return new UserAdmin(new StoredUsers(database, time)).run(request);
    }

    /// What another user makes there the server could not write to.
    private static void refuseForeignFolder(Path folder) throws IOException {
        String me = System.getProperty("user.name", "");
        if (Files.exists(folder) && !Files.getOwner(folder).getName().equals(me)) {
            throw new Refused(folder + " belongs to " + Files.getOwner(folder).getName() + ": let that user run this, or start the server first");
        }
    }

    private Path dataFolder() {
        return folders.data().toAbsolutePath();
    }

    private UserId id(String written) {
        int at = written.lastIndexOf('@');
        return at < 0 ? new UserId(written, defaultDomain()) : new UserId(written.substring(0, at), written.substring(at + 1));
    }

    private String defaultDomain() {
        return configuration().routing().globals().getOrDefault("domain", configuration().routing().directory().defaultDomain().orElse(""));
    }

    private void warnOfConfigured(UserId id) {
        if (configuration().routing().directory().find(id).isPresent()) {
            err.println("jverto: the configuration has a user " + id + " too, and he counts first");
        }
    }

    private Configuration configuration() {
        if (configuration == null) {
            configuration = read();
        }
        return configuration;
    }

    private Configuration read() {
        Path folder = dataFolder();
        Options options = new Options(folders.conf(), folder, Folders.home(), null, false);
        Configuration.Places places = new Configuration.Places(folder, folder.resolve("tls"), "a generated password");
        return switch (Configuration.read(options, places, LocalNames.find())) {
            case Configuration.Reading.Usable(Configuration usable) -> usable;
            case Configuration.Reading.Refused(List<ConfigProblem> problems) -> throw new Refused("the configuration cannot be used: "
                    + problems.stream().filter(one -> one.severity() == Severity.ERROR).map(ConfigProblem::toString).findFirst().orElse(""));
        };
    }

    private Map<String, String> password(UserId id, OfUser ofUser) throws IOException {
        String password;
        if (ofUser.generate) {
            password = Passwords.generate(random);
            out.println("password of " + id + ": " + password);
        } else {
            password = typed();
        }
        if (WeakPassword.is(password, id.user())) {
            err.println("jverto: that password is one of the first that somebody would try; --generate makes a better one");
        }
        return PasswordParams.of(id, password, ofUser.digests, random);
    }

    private String typed() throws IOException {
        Console console = in == System.in && System.console() != null && System.console().isTerminal() ? System.console() : null;
        String password = console == null
                ? Optional.ofNullable(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine()).orElse("")
                : asked(console);
        if (password.isEmpty()) {
            throw new Refused("a password cannot be empty");
        }
        return password;
    }

    private static String asked(Console console) {
        String first = new String(console.readPassword("Password: "));
        if (!first.equals(new String(console.readPassword("Again: ")))) {
            throw new Refused("these were two passwords");
        }
        return first;
    }
}
