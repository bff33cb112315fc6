package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.users.PasswordParams;
import io.jverto.server.users.UserSocket;
import io.jverto.switchboard.port.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `./jverto doctor` as it is typed.
class DoctorTest {
    @TempDir
    private Path temp;

    private ServerFolder folder;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeEach
    void copy() throws IOException {
        folder = new ServerFolder(temp);
        folder.set("rtp_ip", "127.0.0.1");
    }

    @Test
    void aServerThatRunsIsCalledAndHeard() throws IOException {
        RunningServer server = RunningServer.start(folder.options(null));
        try (EslClient watcher = watcher()) {
            int code = doctor();

            assertThat(said()).contains("one runs with", "self-call    WebSocket to wss://", "logged in as 1000@pbx.test", "9196 answers", "ICE and DTLS in",
                    "Opus: a tone went there and came back", "takes connections", "answers STUN", "libraries    ", "preprocess").doesNotContain("ERROR");
            // The certificate vouches for itself, and sound comes to loopback alone.
            assertThat(code).isOne();
            assertThat(said()).contains("warning issuer", "means:", "do:", "./jverto cert init --fqdn NAME");

            assertThat(story(watcher)).contains("jverto doctor", "calls 9196 in context", "the client offers: audio sendrecv opus", "runs answer()", "runs echo()",
                    "answered", "ICE: media go to 127.0.0.1 port ", " begins the handshake", "media are up", "the first packet of sound or picture came", "the first packet of sound was sent", " packets came, ",
                    "In short: nothing went wrong: the client hung up.");

            assertThat(doctor("--dial", "404404")).isEqualTo(2);
            assertThat(story(watcher)).contains("In short: the dialplan has no route: no extension of context default fits 404404");
            assertThat(said()).contains("ERROR   self-call    answer: 404404 does not answer: ", "Name another number: --dial NUMBER");
            assertThat(doctor("--user", "1000", "--password", "wrong")).isEqualTo(2);
            assertThat(said()).contains("log in: the server does not let 1000 in: Authentication Failure", "--user USER --password PASSWORD");
            assertThat(doctor("--dial", "9664")).isEqualTo(2);
            assertThat(said()).contains("what is said does not come back", "calls connect, but have no sound");
        } finally {
            server.stop();
        }
    }

    @Test
    void aUserOfTheDatabaseCallsByATokenSinceNobodyKnowsHisPassword() throws IOException {
        RunningServer server = RunningServer.start(folder.options(null));
        try {
            JsonObject added = UserSocket.ask(temp.resolve("data"), new JsonObjectBuilder().put("do", "add").put("user", "2000").put("domain", "pbx.test")
                    .put("params", new JsonObjectBuilder().putAll(PasswordParams.of(new UserId("2000", "pbx.test"), "a long one", false, new Random(1))).build())
                    .put("variables", new JsonObjectBuilder().putAll(Map.of("user_context", "default")).build()).build()).orElseThrow();
            assertThat(added.string("text")).contains("2000@pbx.test was added");

            assertThat(doctor("--user", "2000@pbx.test")).isOne();

            assertThat(said()).contains("logged in as 2000@pbx.test", "Opus: a tone went there and came back").doesNotContain("ERROR");
        } finally {
            server.stop();
        }
    }

    @Test
    void withoutOneTheCallGoesToAServerOnFreePortsAndNothingIsLeftBehind() {
        assertThat(doctor("--json")).isOne();

        assertThat(said()).startsWith("{\"errors\":0,\"warnings\":").contains("none runs with", "Opus: a tone went there and came back").hasLineCount(1);
        assertThat(temp.resolve("data")).doesNotExist();
    }

    @Test
    void whatStandsInTheWayOfAStartIsSaidWithTheRemedy() throws IOException {
        try (ServerSocket other = new ServerSocket(folder.wsPort)) {
            folder.set("rtp_ip", "192.0.2.200");

            assertThat(doctor("--no-call")).isEqualTo(2);

            assertThat(said()).contains("ws 127.0.0.1:" + other.getLocalPort() + " cannot be opened", "ss -ltnp shows it",
                    "rtp-ip 192.0.2.200 is no address of this machine");
        }
    }

    @Test
    void anErrorInTheConfigurationIsNamedWithItsLine() throws IOException {
        folder.set("verto_ws_ip", "nowhere");

        assertThat(doctor()).isEqualTo(2);

        assertThat(said()).contains("ERROR   config").contains("verto.conf.xml:").contains("bind-local must be like");
    }

    @Test
    void aStunServerWhoseNameLeadsNowhereIsAnError() throws IOException {
        change("conf/autoload_configs/verto.conf.xml", "<!-- <param name=\"ext-rtp-ip\" value=\"203.0.113.5\"/> -->",
                "<param name=\"ext-rtp-ip\" value=\"stun:nowhere.invalid\"/>");

        assertThat(doctor("--no-call")).isEqualTo(2);

        assertThat(said()).contains("the name of stun:nowhere.invalid:3478 (ext-rtp-ip) cannot be looked up", "callers outside are told rtp-ip");
    }

    @Test
    void securityFindsNothingInWhatComesAlongAndEveryDeviationOtherwise() throws IOException {
        assertThat(doctor("--security")).as(said()).isZero();
        assertThat(said()).contains("nothing deviates from what is safe");

        folder.set("verto_ws_ip", "0.0.0.0");
        change("conf/autoload_configs/verto.conf.xml", "name=\"userauth\" value=\"true\"", "name=\"userauth\" value=\"\"");
        change("conf/autoload_configs/verto.conf.xml", "name=\"blind-reg\" value=\"false\"", "name=\"blind-reg\" value=\"true\"");
        change("conf/dialplan/default.xml", "<context name=\"default\">", "<context name=\"default\"><extension name=\"world\">"
                + "<condition field=\"destination_number\" expression=\"^(00\\d+)$\"><action application=\"bridge\" data=\"sofia/gateway/itsp/$1\"/></condition></extension>");
        change("conf/directory/default/1000.xml", "$${default_password}", "1000");
        Path users = temp.resolve("conf/directory/default/1000.xml");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(doctor("--security")).isEqualTo(2);

        assertThat(said()).contains("lets everybody in without a login", "takes users whom nobody knows", "the password of user 1000 can be guessed (" + users, "listens without TLS on 0.0.0.0",
                "extension world", "lets everybody call abroad", "everybody on this machine can change " + users);
    }

    private void change(String file, String before, String after) throws IOException {
        Path path = temp.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replace(before, after));
    }

    private int doctor(String... arguments) {
        bytes.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--conf", temp.resolve("conf").toString(), "--data", temp.resolve("data").toString()));
        return new CommandLine(new Doctor(new PrintStream(bytes, true, StandardCharsets.UTF_8))).execute(all.toArray(String[]::new));
    }

    /// Sees the calls of a server that runs.
    private EslClient watcher() throws IOException {
        DataFolder.Console console = DataFolder.Console.find(temp.resolve("data")).orElseThrow();
        EslClient watcher = EslClient.loggedIn(new InetSocketAddress(console.host(), console.port()), console.password());
        watcher.ask("event plain CHANNEL_DESTROY");
        return watcher;
    }

    /// @return the whole story of the next call that ends
    private static String story(EslClient watcher) throws IOException {
        return watcher.api("explain " + watcher.awaitEvent("CHANNEL_DESTROY").event().get("Unique-ID"));
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
