package io.jverto.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// jverto, started by its own script with a copy of the configuration that comes along.
final class OwnServer implements AutoCloseable {
    private static final double START_SECONDS = 120;

    private final OwnProcess process;
    private final OwnConfiguration configuration;
    private final Path data;

    private OwnServer(OwnProcess process, OwnConfiguration configuration, Path data) {
        this.process = process;
        this.configuration = configuration;
        this.data = data;
    }

    /// What is changed in a configuration folder.
    interface Change {
        void in(Path folder) throws IOException;
    }

    /// @param folder to keep its files in
    static OwnServer start(Path folder) throws IOException {
        return start(folder, _ -> { });
    }

    static OwnServer start(Path folder, Change change) throws IOException {
        Path home = Path.of(System.getProperty("jverto.home", "."));
        OwnConfiguration configuration = new OwnConfiguration(home.resolve("conf"), folder.resolve("conf"));
        change.in(configuration.folder());
        Path data = folder.resolve("data");
        OwnServer server = new OwnServer(
                OwnProcess.start("jverto", folder.resolve("jverto.log"), List.of(
                        home.resolve("jverto").toString(), "run", "--conf", configuration.folder().toString(), "--data", data.toString())),
                configuration, data);
        try {
            server.process.awaitPort(configuration.port(), START_SECONDS);
        } catch (IOException | CannotLoad refused) {
            server.close();
            throw refused;
        }
        return server;
    }

    Target target() throws IOException {
        return Target.of(configuration.url(), OwnConfiguration.password(data));
    }

    /// @param collect its garbage before memory is read
    Optional<ServerProcess> process(boolean collect) {
        return Optional.of(new ServerProcess(process.pid(), collect));
    }

    /// Whole folders that were made for one.
    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
