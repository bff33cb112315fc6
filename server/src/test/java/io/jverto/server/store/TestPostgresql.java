package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL server of our own: a fresh cluster in a folder of its own, on a free port of loopback, as an unprivileged user, for the tests of
/// one Java machine. Whoever has none installed sees its tests skipped.
final class TestPostgresql {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    /// What PostgreSQL does not run as.
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path programs;
    private final Path folder;
    private final int port;
    private final String password;

    private TestPostgresql(Path programs) {
        try {
            this.programs = programs;
            folder = Files.createTempDirectory("jverto-postgresql", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            byte[] secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            password = HexFormat.of().formatHex(secret);
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    /// The one of this Java machine, started when it is first asked for.
    private static final class Running {
        static final Optional<TestPostgresql> ONE = programs().map(TestPostgresql::started);
    }

    /// @return the URL of a new, empty database; the test is skipped where there is no PostgreSQL
    static String newDatabase() {
        assumeTrue(programs().isPresent(), "PostgreSQL is not installed (on Debian: apt-get install postgresql)");
        return Running.ONE.orElseThrow().create();
    }

    /// Takes the server away from under its clients, as a crash would, and brings it back.
    static void crash() {
        Running.ONE.orElseThrow().run("pg_ctl", "-D", Running.ONE.orElseThrow().folder + "/data", "-m", "immediate", "-w", "stop");
    }

    static void comeBack() {
        Running.ONE.orElseThrow().start();
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static TestPostgresql started(Path programs) {
        TestPostgresql server = new TestPostgresql(programs);
        try {
            Path secret = server.folder.resolve("password");
            Files.writeString(secret, server.password);
            if (ROOT) {
                for (Path path : List.of(server.folder, secret)) {
                    Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
                }
            }
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::end));
            server.run("initdb", "-D", server.folder + "/data", "-U", "jverto", "-A", "scram-sha-256", "--pwfile", secret.toString(), "-E", "UTF8",
                    "--locale=C", "--no-sync", "--no-instructions");
            server.start();
            return server;
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private void start() {
        run("pg_ctl", "-D", folder + "/data", "-l", folder + "/log", "-w", "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=50", "start");
    }

    private void end() {
        run("pg_ctl", "-D", folder + "/data", "-m", "immediate", "-w", "stop");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            // To a file: pg_ctl's child would hold a pipe open.
            Path said = Files.createTempFile("jverto-postgresql", ".out");
            Process process = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
            process.getOutputStream().close();
            int status = process.waitFor();
            String text = Files.readString(said, StandardCharsets.UTF_8);
            Files.delete(said);
            assertThat(status).as(program + ": " + text).isZero();
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
    }

    private String create() {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        } catch (SQLException trouble) {
            throw new AssertionError(trouble);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=jverto&password=" + password;
    }
}
