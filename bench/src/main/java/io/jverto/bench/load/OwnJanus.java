package io.jverto.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Janus with one room of its AudioBridge, 48 kHz, and nothing else of what it can do.
final class OwnJanus implements AutoCloseable {
    private static final double START_SECONDS = 20;

    private static final String GENERAL = """
            general: {
              configs_folder = "%1$s"
              plugins_folder = "%2$s/plugins"
              transports_folder = "%2$s/transports"
              events_folder = "%2$s/events"
              loggers_folder = "%2$s/loggers"
              debug_level = 3
              session_timeout = 0
            }
            nat: {
              ice_lite = false
            }
            plugins: {
              disable = "%3$s"
            }
            transports: {
              disable = "%4$s"
            }
            """;
    private static final String WEBSOCKETS = """
            general: {
              json = "compact"
              ws = true
              ws_ip = "127.0.0.1"
              ws_port = %d
              wss = false
            }
            """;
    private static final String AUDIO_BRIDGE = """
            room-%1$d: {
              description = "load"
              sampling_rate = 48000
              audiolevel_ext = true
              record = false
            }
            """;

    private final OwnProcess process;
    private final int port;

    private OwnJanus(OwnProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param program as Debian installs it
    /// @param folder to keep its files in
    static OwnJanus start(Path program, Path folder, int port, int room) throws IOException {
        Path configuration = Files.createDirectory(folder.resolve("janus"));
        Path libraries = libraries();
        Files.writeString(configuration.resolve("janus.jcfg"), GENERAL.formatted(
                configuration, libraries, others(libraries.resolve("plugins"), "libjanus_audiobridge.so"),
                others(libraries.resolve("transports"), "libjanus_websockets.so")));
        Files.writeString(configuration.resolve("janus.transport.websockets.jcfg"), WEBSOCKETS.formatted(port));
        Files.writeString(configuration.resolve("janus.plugin.audiobridge.jcfg"), AUDIO_BRIDGE.formatted(room));
        OwnJanus janus = new OwnJanus(
                OwnProcess.start("Janus", folder.resolve("janus.log"), List.of(
                        program.toString(), "--config=" + configuration.resolve("janus.jcfg"), "--configs-folder=" + configuration)),
                port);
        try {
            janus.process.awaitPort(port, START_SECONDS);
        } catch (IOException | CannotLoad refused) {
            janus.close();
            throw refused;
        }
        return janus;
    }

    /// @return where Debian puts plug-ins, whatever the architecture
    private static Path libraries() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/usr/lib"))) {
            return all.map(folder -> folder.resolve("janus"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new CannotLoad("there are no plug-ins of Janus under /usr/lib; on Debian: apt-get install janus"));
        }
    }

    private static String others(Path folder, String wanted) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return String.join(",", all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".so") && !name.equals(wanted))
                    .toList());
        }
    }

    Target target() {
        return Target.of("ws://127.0.0.1:" + port + "/", "");
    }

    Optional<ServerProcess> process() {
        return Optional.of(new ServerProcess(process.pid(), false));
    }

    @Override
    public void close() {
        process.close();
    }
}
