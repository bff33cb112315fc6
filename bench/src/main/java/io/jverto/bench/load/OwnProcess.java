package io.jverto.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server that we start, and end whatever happens. What it says goes to a file.
final class OwnProcess implements AutoCloseable {
    private static final long END_SECONDS = 15;
    private static final int LAST_LINES = 20;

    private final String name;
    private final Process process;
    private final Path said;
    private final Thread atExit;

    private OwnProcess(String name, Process process, Path said) {
        this.name = name;
        this.process = process;
        this.said = said;
        // Ctrl-C too.
        this.atExit = Thread.ofPlatform().unstarted(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static OwnProcess start(String name, Path said, List<String> command) throws IOException {
        return new OwnProcess(name, new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start(), said);
    }

    /// Waits until it listens.
    void awaitPort(int port, double seconds) throws IOException {
        if (!OwnConfiguration.awaitPort(port, seconds, process::isAlive)) {
            List<String> lines = Files.readAllLines(said);
            String last = String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
            throw new CannotLoad(name + " does not listen on port " + port + "; it says:\n  " + last);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
