package io.jverto.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SIPp, a SIP stack that nobody here wrote, as a telephone on this machine. Whoever has none installed sees its tests skipped.
final class Sipp {
    private static final Path SCENARIOS = Path.of("src/test/resources/sipp").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final int server;
    private final String ip;
    final int port;

    /// @param folder for what it writes
    /// @param server the port of the server
    /// @param ip of the telephone, in 127.0.0.0/8
    Sipp(Path folder, int server, String ip) throws IOException {
        assumeTrue(isInstalled(), "there is no SIPp; on Debian it is the package sip-tester");
        this.folder = folder;
        this.server = server;
        this.ip = ip;
        this.port = freePort(ip);
    }

    private static boolean isInstalled() {
        return List.of("/usr/bin/sipp", "/usr/local/bin/sipp").stream().map(Path::of).anyMatch(Files::isExecutable);
    }

    /// @return the port of a server whose one profile took any that was free
    static int portOf(RunningServer server) {
        Matcher url = Pattern.compile("sip:jverto@127\\.0\\.0\\.1:([0-9]+)").matcher(server.command("sofia status"));
        if (!url.find()) {
            throw new AssertionError(server.command("sofia status"));
        }
        return Integer.parseInt(url.group(1));
    }

    static int freePort(String ip) throws IOException {
        try (DatagramSocket any = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(ip), 0))) {
            return any.getLocalPort();
        }
    }

    /// Runs a scenario to its end.
    ///
    /// @param arguments for instance `-m 1 -key secret x`
    /// @return 0 when it went as it is written
    int run(String scenario, String... arguments) throws IOException, InterruptedException {
        Process process = start(scenario, arguments);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("SIPp did not end: " + scenario + "\n" + written(scenario));
        }
        return process.exitValue();
    }

    Process start(String scenario, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sipp", "127.0.0.1:" + server, "-sf", SCENARIOS.resolve(scenario + ".xml").toString(), "-i", ip, "-p", String.valueOf(port),
                "-nostdin", "-timeout", "40s", "-timeout_error", "-trace_err", "-error_file", folder.resolve(scenario + ".err").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve(scenario + ".out").toFile()).start();
    }

    /// @return what SIPp said of a scenario, for a failure's text
    String written(String scenario) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String ending : List.of(".err", ".out")) {
            Path file = folder.resolve(scenario + ending);
            text.append(Files.exists(file) ? Files.readString(file) : "");
        }
        return text.substring(0, Math.min(4_000, text.length()));
    }
}
