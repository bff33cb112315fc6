package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./jverto user`, with and without a server that runs.
class UsersTest {
    @TempDir
    Path temp;

    private ServerFolder folder;
    private String said = "";

    @BeforeEach
    void copiesTheTree() throws IOException {
        folder = new ServerFolder(temp);
    }

    @Test
    void withoutAServerTheDatabaseIsChangedAndTheServerFindsItLater() throws Exception {
        assertThat(user("secret\n", "add", "2000", "--groups", "sales,support", "--alias", "77", "--variable", "effective_caller_id_name=Ada")).isZero();
        assertThat(said).contains("2000@pbx.test was added");
        assertThat(user("", "list")).isZero();
        assertThat(said).contains("2000@pbx.test", "77", "sales,support", "password");

        RunningServer server = RunningServer.start(folder.options("pw"));
        try (WsClient ada = new WsClient(folder.wsPort)) {
            ada.login("2000", "secret");
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerThatRunsIsAskedAndEveryChangeCountsAtOnce() throws Exception {
        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertRefused("2000", "first");
            assertThat(user("first\n", "add", "2000")).isZero();
            assertLogsIn("2000", "first");

            assertThat(user("second\n", "set", "2000", "--password")).isZero();
            assertRefused("2000", "first");
            assertLogsIn("2000", "second");

            assertThat(user("", "delete", "2000")).isZero();
            assertRefused("2000", "second");
            assertThat(user("", "delete", "2000")).isEqualTo(1);
            assertThat(said).contains("no user 2000@pbx.test");
        } finally {
            server.stop();
        }
    }

    @Test
    void aTokenLetsAUserInUntilHisPasswordChanges() throws Exception {
        user("", "add", "2000", "--no-password");
        assertThat(user("", "token", "2000")).isEqualTo(1);
        assertThat(said).contains("start it first");
        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertThat(user("", "token", "2000", "--minutes", "5")).isZero();
            String token = said.strip();
            assertLogsIn("2000", token);
            assertThat(server.command("verto_token 1000@pbx.test 5 3000")).startsWith("+OK jvt1.");
            assertLogsIn("1000", server.command("verto_token 1000").replace("+OK ", "").strip());
            assertThat(server.command("verto_token nobody")).contains("-ERR there is no user nobody@pbx.test");
            assertThat(server.command("verto_token 1000 9999")).contains("-ERR a token is good for 1 to 1440 minutes");
            assertThat(user("", "token", "2000", "--minutes", "0")).isEqualTo(1);

            user("secret\n", "set", "2000", "--password");
            assertRefused("2000", token);
        } finally {
            server.stop();
        }
        assertThat(Files.getPosixFilePermissions(temp.resolve("data/token_key"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aWebApplicationGetsATokenOverHttpOnceThereIsASecret() throws Exception {
        String secret = "0123456789abcdef0123456789abcdef";
        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertThat(askForToken("Bearer " + secret, "{\"user\":\"1000\"}").statusCode()).isEqualTo(405);
            Path desk = temp.resolve("conf/autoload_configs/token_desk.conf.xml");
            Files.writeString(desk, Files.readString(desk).replace("<!-- <param name=\"secret\" value=\"\"/> -->", "<param name=\"secret\" value=\"" + secret + "\"/>"));
            server.command("reloadxml");

            HttpResponse<String> given = askForToken("Bearer " + secret, "{\"user\":\"1000\",\"minutes\":5}");

            assertThat(given.statusCode()).isEqualTo(200);
            assertLogsIn("1000", given.body().replaceAll("\\{\"token\":\"([^\"]*)\".*\\s*", "$1"));
            assertThat(askForToken("Bearer wrong", "{\"user\":\"1000\"}").statusCode()).isEqualTo(401);
        } finally {
            server.stop();
        }
    }

    private HttpResponse<String> askForToken(String authorization, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + folder.wsPort + "/tokens")).header("authorization", authorization)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aUserOfTheDatabaseInTheConfigurationsDomainMayWhatTheDomainAllows() throws Exception {
        user("secret\n", "add", "2000");
        RunningServer server = RunningServer.start(folder.options("pw"));
        try (WsClient ada = new WsClient(folder.wsPort)) {
            ada.login("2000", "secret");

            ada.ask("verto.subscribe", "{\"eventChannel\":\"conference\"}", "subscribedChannels");
            ada.ask("verto.info", "{\"msg\":{\"to\":\"2000@pbx.test\",\"body\":\"to myself\"}}", "SENT");
            assertThat(ada.awaits("verto.info")).contains("to myself");
        } finally {
            server.stop();
        }
    }

    @Test
    void aPasswordThatIsTriedFirstIsKeptButSaid() {
        assertThat(user("2000\n", "add", "2000")).isZero();
        assertThat(said).contains("one of the first that somebody would try", "2000@pbx.test was added");

        assertThat(user("correct horse\n", "set", "2000", "--password")).isZero();
        assertThat(said).doesNotContain("one of the first");
    }

    @Test
    void s37NobodyElseOnTheMachineCanAskTheServer() {
        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertThat(permissions("data/run")).isEqualTo("rwx------");
            assertThat(permissions("data/run/users")).isEqualTo("rw-------");
        } finally {
            server.stop();
        }
        assertThat(temp.resolve("data/run/users")).doesNotExist();
    }

    @Test
    void whatAServerLeftBehindThatWasKilledIsNoObstacle() throws Exception {
        Files.createDirectories(temp.resolve("data/run"));
        Files.writeString(temp.resolve("data/run/users"), "");

        assertThat(user("secret\n", "add", "2000")).isZero();
        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertThat(user("", "show", "2000")).isZero();
        } finally {
            server.stop();
        }
    }

    @Test
    void noPasswordIsEverShownOrStoredInClear() throws Exception {
        assertThat(user("s3cret\n", "add", "2000", "--a1-hash", "--param", "vm-password=4711")).isZero();
        assertThat(user("", "show", "2000")).isZero();

        assertThat(said).contains("\"password-hash\":\"(set)\"", "\"a1-hash\":\"(set)\"", "\"a1-hash-sha-256\":\"(set)\"", "\"vm-password\":\"(set)\"")
                .doesNotContain("s3cret", "4711", "pbkdf2");
        byte[] file = Files.readAllBytes(temp.resolve("data/db/jverto.mv.db"));
        assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains("pbkdf2-sha512").doesNotContain("s3cret");
        assertThat(user("", "add", "2001", "--no-password", "--param", "password=s3cret")).isEqualTo(1);
        assertThat(said).contains("--password").doesNotContain("s3cret");
    }

    @Test
    void theNetworksOfAUserCountWhereAListNamesHisDomain() throws Exception {
        Path lists = temp.resolve("conf/autoload_configs/acl.conf.xml");
        Files.writeString(lists, Files.readString(lists).replace("</network-lists>",
                "<list name=\"known\" default=\"deny\"><node type=\"allow\" domain=\"pbx.test\"/></list></network-lists>"));
        assertThat(user("", "add", "2000", "--no-password", "--cidr", "203.0.113.0/24")).isZero();
        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertThat(server.command("acl 203.0.113.7 known")).startsWith("true");
            assertThat(user("", "set", "2000", "--cidr", "198.51.100.1,2001:db8::/32")).isZero();
            assertThat(server.command("acl 203.0.113.7 known")).startsWith("false");
            assertThat(server.command("acl 2001:db8::9 known")).startsWith("true");
            assertThat(server.command("reloadxml")).isEqualTo("+OK [Success]\n");
            assertThat(server.command("acl 198.51.100.1 known")).startsWith("true");
            assertThat(user("", "set", "2000", "--cidr", "somewhere")).isEqualTo(1);
            assertThat(said).contains("'somewhere' names no networks");
        } finally {
            server.stop();
        }
    }

    @Test
    void aNewPasswordLeavesNothingOfTheOldOne() {
        user("one\n", "add", "2000", "--a1-hash");
        user("two\n", "set", "2000", "--password");
        user("", "show", "2000");

        assertThat(said).contains("password-hash").doesNotContain("a1-hash");
    }

    @Test
    void aPasswordCanBeMadeAndIsPrintedOnce() throws Exception {
        assertThat(user("", "add", "2000", "--generate")).isZero();
        String password = said.lines().filter(line -> line.startsWith("password of 2000@pbx.test: ")).findFirst().orElseThrow().split(": ")[1];

        RunningServer server = RunningServer.start(folder.options("pw"));
        try {
            assertLogsIn("2000", password);
        } finally {
            server.stop();
        }
    }

    @Test
    void groupsAndDomainsHaveSettingsToo() {
        user("", "add", "2000", "--no-password", "--groups", "sales");

        assertThat(user("", "group", "sales", "--variable", "color=red")).isZero();
        assertThat(user("", "domain", "pbx.test", "--param", "verto-context=sales")).isZero();
        assertThat(user("", "group", "sales")).isZero();
        assertThat(said).contains("\"color\":\"red\"");
        assertThat(user("", "domain", "pbx.test")).isZero();
        assertThat(said).contains("\"verto-context\":\"sales\"");
    }

    @Test
    void aFileOfUsersIsImportedAndWhatIsWrongInItIsNamedByLine() throws Exception {
        Path file = temp.resolve("users.csv");
        Files.writeString(file, """
                user,password,groups,variable:effective_caller_id_name,param:verto-context
                2000,one,"sales,support","Ada ""the first"" Lovelace",
                2001,two
                bad id,three,,,
                2002,,,"Bob
                Junior",default
                """);

        assertThat(user("", "import", file.toString())).isEqualTo(1);
        assertThat(said).contains("2 of 4 users", "line 3: there are 2 cells for 5 columns", "line 4: 'bad id' cannot be a user's id")
                .doesNotContain("three");
        user("", "show", "2000");
        assertThat(said).contains("Ada \\\"the first\\\" Lovelace", "[\"sales\",\"support\"]");
        user("", "show", "2002");
        assertThat(said).contains("Bob\\nJunior").doesNotContain("password-hash");
        assertThat(user("", "import", file.toString())).as("they are there already").isEqualTo(1);
        assertThat(said).contains("0 of 4 users");
        assertThat(user("", "import", "--update", file.toString())).isEqualTo(1);
        assertThat(said).contains("2 of 4 users");
    }

    @Test
    void whoeverIsInTheConfigurationTooIsWarnedOf() {
        assertThat(user("x\n", "add", "1000")).isZero();

        assertThat(said).contains("the configuration has a user 1000@pbx.test too");
    }

    @Test
    void aWrongCommandSaysWhatIsWrong() {
        assertThat(user("", "add", "2000")).as("no password").isEqualTo(1);
        assertThat(said).contains("a password cannot be empty");
        assertThat(user("x\n", "add", "a b")).isEqualTo(1);
        assertThat(said).contains("cannot be a user's id");
        assertThat(user("", "set", "2000", "--variable", "a=b")).isEqualTo(1);
        assertThat(said).contains("no user 2000@pbx.test");
        assertThat(user("", "paint")).isEqualTo(2);
        assertThat(said).contains("paint");
    }

    private void assertLogsIn(String name, String password) throws Exception {
        try (WsClient client = new WsClient(folder.wsPort)) {
            client.login(name, password);
        }
    }

    private void assertRefused(String name, String password) throws Exception {
        try (WsClient client = new WsClient(folder.wsPort)) {
            client.ask("login", "{\"login\":\"" + name + "@pbx.test\",\"passwd\":\"" + password + "\"}", "\"error\"");
        }
    }

    private int user(String input, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        String[] all = new String[arguments.length + 4];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(new String[] {"--conf", temp.resolve("conf").toString(), "--data", temp.resolve("data").toString()}, 0, all, arguments.length, 4);
        int status = new Users(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, out).execute(all);
        said = bytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    private String permissions(String path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(path)));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
