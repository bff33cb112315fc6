package io.jverto.server.records;

import io.jverto.base.time.SystemTime;
import io.jverto.server.store.Database;
import io.jverto.server.store.DatabaseLocation;
import io.jverto.server.store.StoredRecords;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that keeps call records as fast as it can until it is killed, and prints `safe` and the id of each as soon as it is.
final class KilledServer {
    private static final int CHANNELS = 8;

    private KilledServer() {}

    /// @param arguments the folder, a name for its calls, and the JDBC URL of a database, which may be away
    public static void main(String... arguments) {
        Path folder = Path.of(arguments[0]);
        DatabaseLocation location = arguments.length > 2
                ? new DatabaseLocation.Named(arguments[2])
                : new DatabaseLocation.Embedded(folder.resolve("db"));
        SystemTime time = new SystemTime();
        PrintStream out = System.out;
        Recorder recorder = new Recorder(RecordSettings.DEFAULT, new Recorder.Place(folder.resolve("spool"), "test", ZoneOffset.UTC),
                new StoredRecords(new Database(location, time)), time, new SecureRandom(), Outlets.Limits.DEFAULT,
                finished -> out.println("safe " + finished.record().id().value()));
        recorder.open();
        AtomicInteger number = new AtomicInteger();
        for (int i = 0; i < CHANNELS; i++) {
            Thread.ofPlatform().start(() -> {
                while (true) {
                    recorder.ended(Records.of(arguments[1] + "-" + number.incrementAndGet(), Map.of("filler", "x".repeat(500))));
                }
            });
        }
    }
}
