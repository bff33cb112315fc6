package io.jverto.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One call of a [Sipp], whose sound is sent and heard elsewhere.
final class SippCall implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    /// The server's SDP, in what SIPp writes down of all messages.
    private static final Pattern MEDIA = Pattern.compile("received \\[[^\\n]*\\n(?:(?!-----------).)*?m=audio (\\d+) RTP", Pattern.DOTALL);

    private final Sipp sipp;
    private final String scenario;
    private final Process process;
    private final Path messages;

    /// @param mediaPort that its SDP tells, at 127.0.0.1
    SippCall(Sipp sipp, String scenario, int mediaPort, String... more) throws IOException {
        this.sipp = sipp;
        this.scenario = scenario;
        this.messages = Files.createTempFile("sipp", ".messages");
        // It opens ports for sound whether or not it has any.
        String[] arguments = Stream.concat(
                        Stream.of("-m", "1", "-mi", "127.0.0.1", "-mp", String.valueOf(Sipp.freePort("127.0.0.1")), "-key", "phone_port", String.valueOf(mediaPort),
                                "-trace_msg", "-message_file", messages.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        this.process = sipp.start(scenario, arguments);
    }

    /// Waits until it has its port; looking by opening the port would be in its way.
    SippCall listening() {
        String entry = ":%04X 00000000:0000".formatted(sipp.port);
        await(() -> text(Path.of("/proc/net/udp")).contains(entry) ? Optional.of(true) : Optional.empty());
        return this;
    }

    /// @return where the server receives the call's sound
    int awaitMediaPort() {
        return await(() -> {
            Matcher found = MEDIA.matcher(text(messages));
            return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
        });
    }

    private interface Question<T> {
        Optional<T> ask();
    }

    private <T> T await(Question<T> question) {
        long begin = System.nanoTime();
        Optional<T> answer = question.ask();
        while (answer.isEmpty() && process.isAlive() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            LockSupport.parkNanos(10_000_000);
            answer = question.ask();
        }
        return answer.orElseThrow(() -> new AssertionError("it did not come to that\n" + log()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// @return 0 when all went as its scenario says
    int exit() throws InterruptedException {
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    String log() {
        try {
            return sipp.written(scenario) + text(messages);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(messages);
    }
}
