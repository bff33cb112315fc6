package io.jverto.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.jverto.base.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The switch's database, by a few connections. It is opened, and its tables are brought up to date, when it is first needed. When it cannot
/// be used the log says so once; it is tried again after a while, and the server goes on without it. Thread-safe; whoever uses it waits, but
/// while it is known to be away nobody does.
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final Duration REST = Duration.ofSeconds(30);
    /// Seconds until an attempt to reach a database server counts as failed, and a question to it.
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "10";
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(6);
    private static final int CONNECTIONS = 8;
    private static final List<String> REFUSALS = List.of("22", "23", "40");
    private static final String SCRIPTS = "classpath:io/jverto/server/store";

    private final DatabaseLocation location;
    private final TimeSource time;
    private final Object opening = new Object();
    private volatile @Nullable HikariDataSource pool;
    private volatile @Nullable Jdbi jdbi;
    private volatile boolean broken;
    private volatile long restUntilNanos;
    private volatile boolean closed;

    public Database(DatabaseLocation location, TimeSource time) {
        this.location = location;
        this.time = time;
    }

    /// Whether it could be used when it was last needed.
    public boolean isUsable() {
        return !broken && !closed;
    }

    /// Does something with the database, in a transaction.
    ///
    /// @return empty when that failed; nothing of it is done then
    <T> Optional<T> with(Function<Handle, T> work) {
        if (closed || isResting()) {
            return Optional.empty();
        }
        try {
            T result = opened().inTransaction(work::apply);
            onWorks();
            return Optional.of(result);
        } catch (RuntimeException | IOException trouble) { // whatever the driver, the disk or the network does: the server goes on
            if (isRefusal(trouble)) {
                log.error("the database refuses something: {}", root(trouble));
            } else {
                onBroken(trouble);
            }
            return Optional.empty();
        }
    }

    /// Whether the database works, and only what it was told cannot be: SQLSTATE classes "data exception", "integrity constraint violation" and
    /// "transaction rollback", for instance because another server did the same at the same time.
    static boolean isRefusal(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && REFUSALS.stream().anyMatch(sql.getSQLState()::startsWith)) {
                return true;
            }
        }
        return false;
    }

    private boolean isResting() {
        return broken && time.nanoTime() - restUntilNanos < 0;
    }

    private Jdbi opened() throws IOException {
        Jdbi ready = jdbi;
        if (ready != null) {
            return ready;
        }
        synchronized (opening) {
            if (closed || isResting()) { // the one before us found out
                throw new IOException("the database is not open");
            }
            if (pool == null) {
                if (location instanceof DatabaseLocation.Embedded(Path folder)) {
                    makeFolder(folder);
                }
                pool = open();
            }
            Jdbi fresh = Jdbi.create(pool);
            jdbi = fresh;
            return fresh;
        }
    }

    private HikariDataSource open() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(location.url());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        if (location instanceof DatabaseLocation.Embedded) {
            config.setMaxLifetime(0); // with its last connection H2 closes the file
        } else {
            config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
            config.addDataSourceProperty("socketTimeout", ANSWER_SECONDS);
        }
        HikariDataSource fresh = new HikariDataSource(config);
        try {
            Flyway.configure().dataSource(fresh).locations(SCRIPTS).load().migrate();
        } catch (RuntimeException trouble) {
            fresh.close();
            throw trouble;
        }
        return fresh;
    }

    /// Messages and passwords are nobody else's business on this machine.
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

    private synchronized void onBroken(Exception trouble) {
        if (closed) {
            return;
        }
        if (!broken) {
            log.error("the database cannot be used: {}; meanwhile its users cannot log in, messages for users who are not there wait in"
                    + " memory, and call records on the disk; {}", root(trouble), location.remedy());
        }
        HikariDataSource current = pool;
        if (current != null) {
            // The others of its connections are as dead as this one, but were used too lately for the pool to ask them.
            current.getHikariPoolMXBean().softEvictConnections();
        }
        restUntilNanos = time.nanoTime() + REST.toNanos();
        broken = true;
    }

    /// The first line of what began it: the rest is how we came there.
    private static String root(Throwable trouble) {
        Throwable first = trouble;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        return (first.getClass().getSimpleName() + ": " + first.getMessage()).lines().findFirst().orElse("");
    }

    /// Nothing is written any more. Twice does no harm.
    @Override
    public void close() {
        closed = true;
        synchronized (opening) {
            jdbi = null;
            if (pool != null) {
                pool.close();
            }
            pool = null;
        }
    }
}
