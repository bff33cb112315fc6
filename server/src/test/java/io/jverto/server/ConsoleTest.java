package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `jverto cli` as a process of its own, at a server that runs.
class ConsoleTest {
    @TempDir
    static Path temp;

    private static RunningServer server;

    @BeforeAll
    static void startsAServer() throws IOException {
        server = RunningServer.start(options(temp.resolve("data")));
    }

    private static Options options(Path data) throws IOException {
        Path from = Path.of("..", "conf");
        Path to = temp.resolve("conf " + data.getFileName());
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        try (ServerSocket one = new ServerSocket(0); ServerSocket other = new ServerSocket(0); DatagramSocket udp = new DatagramSocket(0)) {
            Path vars = to.resolve("vars.xml");
            String text = Files.readString(vars);
            for (Map.Entry<String, Integer> port : Map.of("verto_ws_port", one.getLocalPort(), "verto_wss_port", other.getLocalPort(),
                    "rtp_start_port", Math.min(udp.getLocalPort(), 32_000), "event_socket_port", 0, "metrics_port", 0).entrySet()) {
                text = text.replaceAll("data=\"" + port.getKey() + "=[^\"]*", "data=\"" + port.getKey() + "=" + port.getValue());
            }
            Files.writeString(vars, text);
        }
        return new Options(to, data, temp, null, false);
    }

    @AfterAll
    static void stopsIt() {
        server.stop();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1", "-Djverto.home=" + temp, "-Duser.home=" + temp, "-cp", System.getProperty("java.class.path"),
                "io.jverto.server.console.ConsoleMain"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("TERM", "dumb");
        builder.redirectError(temp.resolve("errors").toFile());
        return builder.start();
    }

    /// @param input what is typed; then the keyboard is closed
    private static Ran run(String input, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, Files.readString(temp.resolve("errors")));
    }

    private record Ran(int code, String out, String errors) {}

    @Test
    void oneCommandForAScript() throws Exception {
        assertThat(run("", "-x", "echo a  b")).isEqualTo(new Ran(0, "a  b\n", ""));
        assertThat(run("", "-x", "nonsense", "-x", "echo never")).satisfies(ran -> {
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).isEqualTo("-ERR nonsense Command not found!\n");
        });
        assertThat(run("", "--json", "-x", "show channels as json", "-x", "echo x").out().lines()).containsExactly(
                "{\"command\":\"show channels as json\",\"ok\":true,\"result\":{\"row_count\":0}}",
                "{\"command\":\"echo x\",\"ok\":true,\"output\":\"x\"}");
        assertThat(run("", "-x", "explain 4711")).satisfies(ran -> {
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).startsWith("-ERR no call 4711 is up, nor among the last 1000 that ended within 60 minutes;");
        });
        assertThat(run("", "--nonsense").code()).isEqualTo(2);
    }

    @Test
    void aSessionOnADumbTerminal() throws Exception {
        Ran ran = run("echo hello\n/event CUSTOM\n/log warning\n/nonsense\n/help\nnonsense\n/nolog\n/noevents\necho bye\n/exit\n");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("hello\n", "+OK event listener enabled json", "+OK log level warning [4]", "-ERR there is no /nonsense",
                "shows the log live", "-ERR nonsense Command not found!", "+OK no longer logging", "+OK no longer listening for events", "bye\n");
        assertThat(ran.out()).doesNotContain("\u001b");
        assertThat(Files.getPosixFilePermissions(temp.resolve(".jverto_history")).toString()).doesNotContain("GROUP", "OTHERS");
    }

    @Test
    void whoeverHasNoServerLearnsWhatToDo() throws Exception {
        Ran none = run("", "--data", temp.resolve("nowhere").toString(), "-x", "status");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.errors()).contains("no server runs", "./jverto run", "--data DIR");

        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Ran gone = run("", "--port", String.valueOf(free), "-x", "status");
        assertThat(gone.code()).isEqualTo(3);
        assertThat(gone.errors()).contains("nothing listens at 127.0.0.1:" + free);

        Ran stranger = run("", "--password", "wrong", "-x", "status");
        assertThat(stranger.code()).isEqualTo(3);
        assertThat(stranger.errors()).contains("does not let us in");
        assertThat(stranger.out()).isEmpty();
    }

    @Test
    void eventsAppearLiveAndTheEndOfTheServerEndsIt() throws Exception {
        RunningServer other = RunningServer.start(options(temp.resolve("other")));
        Process process = start("--json", "--data", temp.resolve("other").toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().write("/event RELOADXML SHUTDOWN\nreloadxml\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            assertThat(out.readLine()).contains("\"command\":\"/event RELOADXML SHUTDOWN\",\"ok\":true");
            // The event and the reply come by two threads.
            assertThat(List.of(out.readLine(), out.readLine()))
                    .anySatisfy(line -> assertThat(line).contains("\"Event-Name\":\"RELOADXML\""))
                    .anySatisfy(line -> assertThat(line).contains("\"output\":\"+OK [Success]\""));

            other.stop();

            assertThat(out.readLine()).contains("\"Event-Name\":\"SHUTDOWN\"");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
        assertThat(temp.resolve("other/run/event_socket")).doesNotExist();
    }

    @Test
    void s37ThePasswordIsGeneratedAndForTheServersUserAlone() throws IOException {
        for (String name : List.of("event_socket_password", "run/event_socket")) {
            assertThat(Files.getPosixFilePermissions(temp.resolve("data").resolve(name)).toString()).as(name).doesNotContain("GROUP", "OTHERS");
        }
        assertThat(Files.readString(temp.resolve("data/event_socket_password")).strip()).matches("[a-z0-9-]{29}");
    }
}
