package io.jverto.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.server.Main;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A few clients against a server in this process, which runs until the tests end.
class LoadTest {
    private static final double START_SECONDS = 20;

    @TempDir
    static Path temp;

    private static String url = "";
    private static String password = "";
    private static String callees = "";
    private static int sip;

    @BeforeAll
    static void startsAServer() throws IOException {
        OwnConfiguration configuration = new OwnConfiguration(Path.of("..", "conf"), temp.resolve("conf"));
        url = configuration.url();
        sip = freeUdpPort("127.0.0.1");
        callees = "127.0.0.2:" + freeUdpPort("127.0.0.2");
        OwnSipServer.configure(temp.resolve("conf"), callees, sip);
        Path page = Files.createDirectory(temp.resolve("page"));
        System.setProperty("jverto.page", page.toString());
        String[] options = {"--conf", temp.resolve("conf").toString(), "--data", temp.resolve("data").toString()};
        Thread.ofPlatform().daemon().start(() -> new CommandLine(new Main()).execute(options));
        assertThat(OwnConfiguration.awaitPort(configuration.port(), START_SECONDS, () -> true)).isTrue();
        password = OwnConfiguration.password(temp.resolve("data"));
    }

    @Test
    void logsInAndSeesTheServersProcess() throws IOException {
        JsonObject figures = figures("login", "--sessions", "3", "--idle", "0");

        assertThat(number(figures, "sessions")).isEqualTo(3);
        assertThat(number(figures, "lost while idle")).isZero();
        assertThat(number(figures, "server memory (RSS) (MB)")).isPositive();
    }

    @Test
    void deliversEvents() throws IOException {
        // More connections than a network thread writes to in one go.
        JsonObject figures = figures("events", "--subscribers", "200", "--rate", "10", "--seconds", "1");

        assertThat(number(figures, "events delivered")).isEqualTo(2_000);
    }

    @Test
    void callsWithMedia() throws IOException {
        JsonObject figures = figures("calls", "--rate", "10", "--seconds", "0.2", "--media", "--hold", "0.5");

        assertThat(number(figures, "calls")).isEqualTo(2);
        assertThat(number(figures, "calls failed")).isZero();
        assertThat(number(figures, "RTP received while all were up (packets)")).isPositive();
    }

    @Test
    void letsSomebodyBeSeenByOthers() throws IOException {
        JsonObject figures = figures("video", "--publishers", "1", "--viewers", "3", "--kbps", "600", "--seconds", "1", "--settle", "0.5");

        assertThat(number(figures, "members failed")).isZero();
        assertThat(number(figures, "video packets passed on (packets a second)"))
                .isGreaterThan(2.5 * number(figures, "video packets sent (packets a second)"));
    }

    @Test
    void fillsAConferenceInWhichNothingIsLost() throws IOException {
        JsonObject figures = figures(
                "conference", "--members", "6", "--talkers", "2", "--sockets", "3", "--media-threads", "2",
                "--seconds", "1", "--settle", "0.5", "--sample", "0.3", "--warm-up-members", "2");

        assertThat(number(figures, "members failed")).isZero();
        assertThat(number(figures, "RTP lost by sequence numbers (packets)")).isZero();
        assertThat(number(figures, "RTP received by the one with the least (packets a second)")).isBetween(40.0, 60.0);
        assertThat(number(figures, "RTP sent by each member (packets a second)")).isBetween(40.0, 60.0);
        assertThat(number(figures, "live arrays that came")).isEqualTo(3);
        assertThat(number(figures, "live array changes delivered")).isGreaterThanOrEqualTo(6);
        assertThat(number(figures, "live array serials lost")).isZero();
        assertThat(number(figures, "server ticks")).isPositive();
        assertThat(number(figures, "memory samples")).isEqualTo(4);
        assertThat(figures.members()).containsKeys(
                "server CPU for each member-second (ms)", "inter-arrival jitter p99 (ms)", "invite to first media p99 (ms)",
                "server tick late p99.9 (ms)", "server ticks over 2 ms late (%)");
    }

    @Test
    void whoIsSilentInAConferenceSendsAsHisBrowserWould() throws IOException {
        JsonObject figures = figures(
                "conference", "--members", "2", "--talkers", "0", "--muted", "--dtx", "--seconds", "2", "--settle", "0.5", "--destination", "3056");

        assertThat(number(figures, "RTP sent by each member (packets a second)")).isBetween(2.0, 3.0);
        assertThat(number(figures, "RTP lost by sequence numbers (packets)")).isZero();
    }

    private static int freeUdpPort(String address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    private static JsonObject sip(String... options) throws IOException {
        Path json = temp.resolve("sip.json");
        String[] common = {"sip", "--server", "127.0.0.1:" + sip, "--callee", callees, "--json", json.toString()};

        assertThat(LoadMain.run(Stream.concat(Stream.of(common), Stream.of(options)).toArray(String[]::new))).isEqualTo(LoadMain.OK);

        return JsonText.parse(Files.readString(json)).flatMap(JsonValue::asObject).orElseThrow();
    }

    @Test
    void callsOverSipWithSoundThatIsTranscoded() throws IOException {
        JsonObject figures = sip("--rate", "20", "--seconds", "0.2", "--hold", "2", "--media", "--callee-codec", "opus");

        assertThat(number(figures, "calls that reached the callee")).isEqualTo(4);
        assertThat(number(figures, "calls failed")).isZero();
        assertThat(number(figures, "RTP received while all were up (packets)")).isPositive();
        assertThat(number(figures, "the codecs' own CPU for a call-second (ms)")).isPositive();
        assertThat(number(figures, "server CPU for each leg-second (ms)")).isPositive();
    }

    @Test
    void goodCallsGoOnBesideAFlood() throws IOException {
        JsonObject figures = sip("--rate", "10", "--seconds", "0.5", "--flood", "OPTIONS,REGISTER", "--flood-rate", "400");

        assertThat(number(figures, "REGISTER: requests sent")).isEqualTo(200);
        assertThat(number(figures, "REGISTER: good calls failed")).isZero();
        assertThat(number(figures, "OPTIONS: good calls")).isEqualTo(5);
    }

    @Test
    void saysThatThePasswordIsWrong() {
        assertThat(LoadMain.run("login", "--url", url, "--insecure", "--password", "wrong")).isEqualTo(LoadMain.FAILED);
    }

    @Test
    void saysThatAnOptionIsWrong() {
        assertThat(LoadMain.run("login", "--sessions", "many")).isEqualTo(2);
        assertThat(LoadMain.run("calls", "--rate", "0")).isEqualTo(LoadMain.FAILED);
        assertThat(LoadMain.run("conference", "--members", "2", "--talkers", "3")).isEqualTo(LoadMain.FAILED);
        assertThat(LoadMain.run("sip")).isEqualTo(LoadMain.FAILED);
        assertThat(LoadMain.run("sip", "--server", "nowhere")).isEqualTo(LoadMain.FAILED);
        assertThat(LoadMain.run("sip", "--server", "127.0.0.1:9", "--codec", "morse")).isEqualTo(LoadMain.FAILED);
        assertThat(LoadMain.run("--help")).isEqualTo(LoadMain.OK);
    }

    private static JsonObject figures(String kind, String... options) throws IOException {
        Path json = temp.resolve(kind + ".json");
        String[] common = {kind, "--url", url, "--insecure", "--password", password, "--json", json.toString()};
        String[] all = Stream.concat(Stream.of(common), Stream.of(options)).toArray(String[]::new);

        assertThat(LoadMain.run(all)).isEqualTo(LoadMain.OK);

        return JsonText.parse(Files.readString(json)).flatMap(JsonValue::asObject).orElseThrow();
    }

    private static double number(JsonObject figures, String name) {
        return figures.get(name).map(value -> Double.parseDouble(((JsonNumber) value).digits())).orElseThrow();
    }
}
