package io.jverto.server.store;

import io.jverto.base.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The switch's database, by one connection. It is opened, and its tables are brought up to date, when it is first needed. When it cannot be
/// used the log says so once; it is tried again after a while, and the server goes on without it. Thread-safe; whoever uses it waits.
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final Duration REST = Duration.ofSeconds(30);
    /// Seconds until an attempt to reach a database server counts as failed, and a question to it.
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "10";
    private static final String SCRIPTS = "classpath:io/jverto/server/store";

    private final DatabaseLocation location;
    private final TimeSource time;
    private @Nullable Handle handle;
    private boolean migrated;
    private boolean broken;
    private long restUntilNanos;
    private boolean closed;

    public Database(DatabaseLocation location, TimeSource time) {
        this.location = location;
        this.time = time;
    }

    /// Does something with the database.
    ///
    /// @return empty when that failed
    synchronized <T> Optional<T> with(Function<Handle, T> work) {
        if (closed || (broken && time.nanoTime() - restUntilNanos < 0)) {
            return Optional.empty();
        }
        try {
            T result = work.apply(handle());
            onWorks();
            return Optional.of(result);
        } catch (RuntimeException | IOException trouble) { // whatever the driver, the disk or the network does: the server goes on
            onBroken(trouble);
            return Optional.empty();
        }
    }

    private Handle handle() throws IOException {
        if (handle == null) {
            if (location instanceof DatabaseLocation.Embedded(Path folder)) {
                makeFolder(folder);
            }
            Properties limits = new Properties();
            if (location.url().startsWith("jdbc:postgresql:")) {
                limits.setProperty("connectTimeout", CONNECT_SECONDS);
                limits.setProperty("socketTimeout", ANSWER_SECONDS);
            }
            if (!migrated) {
                Flyway.configure()
                        .dataSource(location.url(), null, null)
                        .locations(SCRIPTS)
                        .load()
                        .migrate();
                migrated = true;
            }
            handle = Jdbi.open(location.url(), limits);
        }
        return handle;
    }

    /// Messages are nobody else's business on this machine.
    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private void onWorks() {
        if (broken) {
            broken = false;
            log.info("the database can be used again");
        }
    }

    private void onBroken(Exception trouble) {
        if (!broken) {
            log.error("the database cannot be used: {}; messages for users who are not there are lost meanwhile; {}", root(trouble), location.remedy());
        }
        broken = true;
        restUntilNanos = time.nanoTime() + REST.toNanos();
        closeHandle();
    }

    /// The first line of what began it: the rest is how we came there.
    private static String root(Throwable trouble) {
        Throwable first = trouble;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        return (first.getClass().getSimpleName() + ": " + first.getMessage()).lines().findFirst().orElse("");
    }

    private void closeHandle() {
        try {
            if (handle != null) {
                handle.close();
            }
        } catch (RuntimeException alreadyBroken) {
            log.debug("closing the database", alreadyBroken);
        }
        handle = null;
    }

    /// Nothing is written any more. Twice does no harm.
    @Override
    public synchronized void close() {
        closed = true;
        closeHandle();
    }
}
