package io.jverto.server.program;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.server.program.OutsideProgram.End;
import io.jverto.switchboard.port.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Runs commands of the dialplan by `/bin/sh`, in a folder of their own. Bounded: commands at once, their time, what they say. None outlives the
/// server. Thread-safe.
public final class DialplanShell implements Shell, AutoCloseable {
    private static final String SHELL = "/bin/sh";
    private static final long MAX_BYTES = 1_000_000;
    /// For commands to end when the server does; more than they are given between SIGTERM and SIGKILL.
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Supplier<Settings> settings;
    private final Supplier<Path> folder;
    private final TimeSource time;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong outputs = new AtomicLong();
    private volatile boolean closing;

    /// @param allowed whether any command runs
    /// @param limit after which one is ended
    /// @param atOnce commands that run at the same time
    public record Settings(boolean allowed, Duration limit, int atOnce) {
        public static final Settings OFF = new Settings(false, Duration.ofSeconds(60), 16);
    }

    /// @param folder in which they run; made when the first one does
    public DialplanShell(Supplier<Settings> settings, Supplier<Path> folder, TimeSource time) {
        this.settings = settings;
        this.folder = folder;
        this.time = time;
    }

    @Override
    public boolean allowed() {
        return settings.get().allowed();
    }

    @Override
    public Result run(Command command, BooleanSupplier wanted) {
        Settings now = settings.get();
        if (!now.allowed()) {
            return OFF.run(command, wanted);
        }
        boolean room = running.incrementAndGet() <= now.atOnce();
        if (closing) {
            running.decrementAndGet();
            return new Result.Failed("is not run: the server ends");
        }
        if (!room) {
            running.decrementAndGet();
            return new Result.Failed("is not run: dialplan-shell-max-at-once commands run already: " + now.atOnce());
        }
        try {
            return run(command, now, () -> !closing && wanted.getAsBoolean());
        } catch (IOException trouble) {
            return new Result.Failed("cannot be run: " + trouble);
        } finally {
            running.decrementAndGet();
        }
    }

    private Result run(Command command, Settings now, BooleanSupplier wanted) throws IOException {
        Path home = Files.createDirectories(folder.get());
        Path output = home.resolve("output-" + outputs.incrementAndGet() + ".log");
        OutsideProgram program = new OutsideProgram("a command of the dialplan", List.of(SHELL, "-c", command.script()), home, command.variables());
        try {
            return switch (program.run("", output, new OutsideProgram.Limits(now.limit(), List.of(output), MAX_BYTES, wanted), time)) {
                case End.Exited(int status) -> new Result.Exited(status, OutsideProgram.said(output));
                case End.Stopped(String why) -> new Result.Failed(why + OutsideProgram.said(output));
            };
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /// Ends the commands that run, and waits for that.
    @Override
    public void close() {
        closing = true;
        Mailbox<Boolean> nobody = time.mailbox(1);
        long deadline = time.nanoTime() + FAREWELL.toNanos();
        while (running.get() > 0 && time.nanoTime() < deadline) {
            nobody.await(time.nanoTime() + LOOK_AGAIN.toNanos());
        }
    }
}
