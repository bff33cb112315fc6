package io.jverto.server.records;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.server.records.RecordSettings.ToDatabase;
import io.jverto.server.store.RecordRow;
import io.jverto.server.store.StoredRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records on their way to the database: in the spool, unless that cannot take them; then straight. Two threads use it, one adds and one
/// delivers.
final class DatabaseQueue {
    private static final Logger log = LoggerFactory.getLogger(DatabaseQueue.class);
    private static final int BATCH = 200;

    private final Path folder;
    private final ToDatabase settings;
    private final StoredRecords store;
    private final TimeSource time;
    private final Counters<RecordCount> counters;
    private final Alarm diskFails;
    private final Alarm refuses;
    private @Nullable Spool spool;

    DatabaseQueue(Path folder, ToDatabase settings, StoredRecords store, TimeSource time, Counters<RecordCount> counters) {
        this.folder = folder;
        this.settings = settings;
        this.store = store;
        this.time = time;
        this.counters = counters;
        this.diskFails = new Alarm(time);
        this.refuses = new Alarm(time);
    }

    private synchronized Spool spool() throws IOException {
        if (spool == null) {
            spool = Spool.open(folder, settings.spoolBytes(), counters);
        }
        return spool;
    }

    /// Makes rows safe.
    Outlets.Written add(List<RecordRow> rows) {
        int taken = 0;
        String trouble = "the spool " + folder + " is full (spool-limit-mb of cdr_database.conf)";
        try {
            taken = spool().append(rows.stream().map(RowText::write).toList());
            if (taken == rows.size() && diskFails.ends()) {
                log.info("the spool of call records can be written again");
            }
        } catch (IOException disk) {
            trouble = "the spool " + folder + " cannot be written: " + disk;
        }
        if (taken == rows.size()) {
            return new Outlets.Written(taken, "");
        }
        if (diskFails.rings(rows.size() - taken) > 0) {
            log.error("{}; call records go straight to the database while it can be used", trouble);
        }
        return inserted(rows.subList(taken, rows.size()))
                ? new Outlets.Written(rows.size(), "")
                : new Outlets.Written(taken, trouble + ", and the database cannot be used");
    }

    /// Takes what is in the spool to the database.
    ///
    /// @return false when something is left
    boolean deliver() {
        try {
            for (Spool.Batch batch = spool().next(BATCH); !batch.lines().isEmpty(); batch = spool().next(BATCH)) {
                List<RecordRow> rows = new ArrayList<>();
                for (String line : batch.lines()) {
                    Optional<RecordRow> row = RowText.read(line);
                    if (row.isEmpty()) {
                        counters.increment(RecordCount.DAMAGED);
                        spool().putAside(line);
                    }
                    row.ifPresent(rows::add);
                }
                if (!inserted(rows)) {
                    return false;
                }
                spool().delivered(batch);
            }
            return true;
        } catch (IOException disk) {
            if (diskFails.rings(1) > 0) {
                log.error("the spool {} of call records cannot be used: {}", folder, disk.toString());
            }
            return false;
        }
    }

    private boolean inserted(List<RecordRow> rows) {
        if (rows.isEmpty()) {
            return true;
        }
        Optional<List<RecordRow>> refused = store.insert(rows);
        refused.ifPresent(some -> {
            counters.add(RecordCount.DELIVERED, rows.size() - some.size());
            some.forEach(this::putAside);
        });
        return refused.isPresent();
    }

    private void putAside(RecordRow row) {
        counters.increment(RecordCount.REFUSED);
        try {
            spool().putAside(RowText.write(row));
            if (refuses.rings(1) > 0) {
                log.error("the database refuses call records; they are in {}", folder.resolve("refused.json"));
            }
        } catch (IOException disk) {
            log.error("the database refuses the call record {}, and it cannot be put aside: {}", row.recordId(), disk.toString());
        }
    }

    /// Deletes from the database what is old enough.
    void forget() {
        if (!settings.keep().isZero()) {
            store.forget(time.wallTime().minus(settings.keep()))
                    .filter(many -> many > 0)
                    .ifPresent(many -> log.info("{} call records were older than {} days and are deleted", many, settings.keep().toDays()));
        }
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /// @return bytes of what waits on the disk; -1 when the disk cannot be asked
    long size() {
        try {
            return spool().size();
        } catch (IOException disk) {
            return -1;
        }
    }

    synchronized void close() {
        if (spool != null) {
            spool.close();
        }
    }
}
