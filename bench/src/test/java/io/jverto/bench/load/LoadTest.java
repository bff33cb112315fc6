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
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A few clients against a server in this process, which runs until the tests end.
class LoadTest {
    private static final long START_NANOS = 20_000_000_000L;

    @TempDir
    static Path temp;

    private static int port;
    private static String password = "";

    @BeforeAll
    static void startsAServer() throws IOException {
        Path from = Path.of("..", "conf");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, temp.resolve("conf").resolve(from.relativize(file).toString()));
            }
        }
        try (ServerSocket one = new ServerSocket(0); ServerSocket other = new ServerSocket(0); DatagramSocket udp = new DatagramSocket(0)) {
            port = one.getLocalPort();
            set("verto_wss_port", port);
            set("verto_ws_port", other.getLocalPort());
            set("rtp_start_port", Math.min(udp.getLocalPort(), 32_000));
        }
        Path page = Files.createDirectory(temp.resolve("page"));
        System.setProperty("jverto.page", page.toString());
        String[] options = {"--conf", temp.resolve("conf").toString(), "--data", temp.resolve("data").toString()};
        Thread.ofPlatform().daemon().start(() -> new CommandLine(new Main()).execute(options));
        awaitPort();
        password = readPassword();
    }

    private static void set(String variable, Object value) throws IOException {
        Path vars = temp.resolve("conf/vars.xml");
        Files.writeString(vars, Files.readString(vars).replaceAll("data=\"" + variable + "=[^\"]*", "data=\"" + variable + "=" + value));
    }

    private static void awaitPort() {
        long end = System.nanoTime() + START_NANOS;
        boolean open = false;
        while (!open && System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                open = socket.isConnected();
            } catch (IOException notYet) {
                Pace.sleepSeconds(0.05);
            }
        }
        assertThat(open).isTrue();
    }

    private static String readPassword() throws IOException {
        String chosen = System.getenv("JVERTO_DEFAULT_PASSWORD");
        if (chosen != null) {
            return chosen;
        }
        try (Stream<Path> files = Files.list(temp.resolve("data"))) {
            Path file = files.filter(each -> each.getFileName().toString().contains("password")).findFirst().orElseThrow();
            return Files.readString(file).strip();
        }
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
    void saysThatThePasswordIsWrong() {
        assertThat(LoadMain.run("login", "--url", url(), "--insecure", "--password", "wrong")).isEqualTo(LoadMain.FAILED);
    }

    @Test
    void saysThatAnOptionIsWrong() {
        assertThat(LoadMain.run("login", "--sessions", "many")).isEqualTo(2);
        assertThat(LoadMain.run("calls", "--rate", "0")).isEqualTo(LoadMain.FAILED);
        assertThat(LoadMain.run("--help")).isEqualTo(LoadMain.OK);
    }

    private static JsonObject figures(String kind, String... options) throws IOException {
        Path json = temp.resolve(kind + ".json");
        String[] common = {kind, "--url", url(), "--insecure", "--password", password, "--json", json.toString()};
        String[] all = Stream.concat(Stream.of(common), Stream.of(options)).toArray(String[]::new);

        assertThat(LoadMain.run(all)).isEqualTo(LoadMain.OK);

        return JsonText.parse(Files.readString(json)).flatMap(JsonValue::asObject).orElseThrow();
    }

    private static String url() {
        return "wss://127.0.0.1:" + port + "/";
    }

    private static double number(JsonObject figures, String name) {
        return figures.get(name).map(value -> Double.parseDouble(((JsonNumber) value).digits())).orElseThrow();
    }
}
