package io.jverto.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A SIPp that plays one call of a scenario.
final class Sipp implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/sipp");
    private static final long PATIENCE_SECONDS = 30;
    /// The server's SDP, in what SIPp writes down of all messages.
    private static final Pattern MEDIA = Pattern.compile("received \\[[^\\n]*\\n(?:(?!-----------).)*?m=audio (\\d+) RTP", Pattern.DOTALL);

    private final Process process;
    private final Path messages;
    private final Path errors;

    /// @param address of its own
    /// @param mediaPort that its SDP tells, at 127.0.0.1
    Sipp(Path folder, String scenario, String address, int mediaPort, String... more) throws IOException {
        Path own = Files.createTempDirectory(folder, "sipp-" + Path.of(scenario).getFileName());
        messages = own.resolve("messages");
        errors = own.resolve("errors");
        List<String> command = Stream.concat(
                        Stream.of(PROGRAM.toString(), "-sf", Path.of("src/test/resources/sipp").resolve(scenario + ".xml").toAbsolutePath().toString(), "-i", address,
                                "-mi", "127.0.0.1", "-mp", Integer.toString(UdpPorts.free("127.0.0.1")), "-key", "phone_port", Integer.toString(mediaPort), "-m", "1", "-nostdin", "-timeout", PATIENCE_SECONDS + "s", "-timeout_error",
                                "-trace_msg", "-message_file", messages.toString(), "-trace_err", "-error_file", errors.toString()),
                        Stream.of(more))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(own.toFile()).redirectErrorStream(true).redirectOutput(own.resolve("screen").toFile());
        builder.environment().put("TERM", "xterm");
        process = builder.start();
    }

    /// @return the SIP port of a server whose one profile took any that was free
    static int portOf(RunningServer server) {
        Matcher url = Pattern.compile("sip:jverto@127\\.0\\.0\\.1:([0-9]+)").matcher(server.command("sofia status"));
        if (!url.find()) {
            throw new AssertionError(server.command("sofia status"));
        }
        return Integer.parseInt(url.group(1));
    }

    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(PROGRAM), "SIPp is not installed (on Debian: apt-get install sip-tester)");
    }

    Sipp listening(int port) {
        UdpPorts.awaitListener(port, process::isAlive, this::log);
        return this;
    }

    /// @return where the server receives the call's sound
    int awaitMediaPort() {
        return await(this::mediaPort, "SDP");
    }

    /// Waits until that is in what it has said or heard.
    void awaitMessage(String text) {
        await(() -> Optional.of(text).filter(text(messages)::contains), text);
    }

    private <T> T await(Supplier<Optional<T>> look, String what) {
        long begin = System.nanoTime();
        Optional<T> found = look.get();
        while (found.isEmpty() && process.isAlive() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            LockSupport.parkNanos(10_000_000);
            found = look.get();
        }
        return found.orElseThrow(() -> new AssertionError("no " + what + "\n" + log()));
    }

    private Optional<Integer> mediaPort() {
        Matcher found = MEDIA.matcher(text(messages));
        return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// @return 0 when all went as its scenario says
    int exit() throws InterruptedException {
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    String log() {
        return text(errors) + text(messages);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
