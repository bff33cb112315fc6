package io.jverto.server.program;

import io.jverto.base.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program of this machine: without a shell, and with nothing of the server's environment, which may hold secrets.
///
/// @param name for logs
/// @param command the program by its full path, and its arguments
/// @param folder in which it runs
/// @param variables of its environment, beside those that all have
public record OutsideProgram(String name, List<String> command, Path folder, Map<String, String> variables) {
    private static final Logger log = LoggerFactory.getLogger(OutsideProgram.class);
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LANG", "C.UTF-8", "HOME", "/nonexistent");
    /// Until the system has ended what was killed.
    private static final int KILLED_MILLIS = 5_000;
    /// Until one that was asked to end has to have ended.
    private static final int ASKED_MILLIS = 1_000;
    private static final int LOOK_MILLIS = 50;
    private static final int MAX_COMPLAINT = 200;

    /// What ends it before its time.
    ///
    /// @param made files that it writes
    /// @param maxBytes of those together
    /// @param wanted whether somebody still waits for it
    public record Limits(Duration time, List<Path> made, long maxBytes, BooleanSupplier wanted) {}

    /// How it came to its end.
    public sealed interface End {
        record Exited(int status) implements End {}

        /// @param why as the end of a sentence about the program
        record Stopped(String why) implements End {}
    }

    /// Runs it to its end.
    ///
    /// @param input for it to read
    /// @param output where it writes what it says
    public End run(String input, Path output, Limits limits, TimeSource time) throws IOException {
        Process process = builder().redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile())).start();
        try {
            try (OutputStream to = process.getOutputStream()) {
                to.write(input.getBytes(StandardCharsets.UTF_8)); // less than a pipe holds
            } catch (IOException closed) {
                log.debug("{} does not read its input", name);
            }
            return await(process, limits, time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new End.Stopped("was interrupted");
        } finally {
            end(process);
        }
    }

    /// Starts it for whoever reads what it writes, and ends it.
    public Process start() throws IOException {
        return builder().start();
    }

    private static End await(Process process, Limits limits, TimeSource time) throws InterruptedException, IOException {
        long deadline = time.nanoTime() + limits.time().toNanos();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (time.nanoTime() >= deadline) {
                return new End.Stopped("took longer than " + limits.time().toSeconds() + " s");
            }
            if (size(limits.made()) > limits.maxBytes()) {
                return new End.Stopped("wrote more than " + limits.maxBytes() + " bytes");
            }
            if (!limits.wanted().getAsBoolean()) {
                return new End.Stopped("was ended, for nobody waits for it any more");
            }
        }
        return new End.Exited(process.exitValue());
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(variables);
        return builder;
    }

    /// With what it started: by SIGTERM, and who does not end then by SIGKILL. Its files are nobody's any more when this returns.
    private void end(Process process) {
        // First the program itself: it would go on with what comes after those that it started.
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        all.forEach(ProcessHandle::destroy);
        if (haveEnded(all, ASKED_MILLIS)) {
            return;
        }
        List<ProcessHandle> left = Stream.concat(all.stream(), all.stream().flatMap(ProcessHandle::descendants)).toList();
        left.forEach(ProcessHandle::destroyForcibly);
        if (!haveEnded(left, KILLED_MILLIS)) {
            log.warn("{}: process {} does not end although it was killed", name, process.pid());
        }
    }

    private static boolean haveEnded(List<ProcessHandle> all, long millis) {
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new)).get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException lives) {
            return false;
        }
    }

    private static long size(List<Path> files) throws IOException {
        long sum = 0;
        for (Path file : files) {
            sum += Files.exists(file) ? Files.size(file) : 0;
        }
        return sum;
    }

    /// @return what it said, for a log line: `: ` and a little of it; empty for nothing
    public static String said(Path output) throws IOException {
        if (!Files.exists(output)) {
            return "";
        }
        try (var in = Files.newInputStream(output)) {
            String text = new String(in.readNBytes(MAX_COMPLAINT), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").trim();
            return text.isEmpty() ? "" : ": " + text;
        }
    }
}
