package io.jverto.bench.load;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which process is measured, and what becomes of the figures: options of every kind of load.
final class Measured {
    @Option(names = "--pid", paramLabel = "PID", description = "the server's process; found by its port when it is on this machine")
    private @Nullable Long pid;

    @Option(names = "--gc", description = "let a server in Java collect garbage before memory is read")
    private boolean collect;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there too")
    private @Nullable Path json;

    /// @param byPort the process that has the server's port
    /// @return empty when the server is elsewhere
    Optional<ServerProcess> process(Supplier<OptionalLong> byPort) {
        Long given = pid;
        OptionalLong found = given == null ? byPort.get() : OptionalLong.of(given);
        return found.isPresent() ? Optional.of(new ServerProcess(found.getAsLong(), collect)) : Optional.empty();
    }

    boolean collects() {
        return collect;
    }

    /// Prints and writes the figures.
    void publish(Report report) {
        report.print(System.out);
        if (json != null) {
            report.write(json);
        }
    }
}
