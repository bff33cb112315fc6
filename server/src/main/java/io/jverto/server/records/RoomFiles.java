package io.jverto.server.records;

import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.RoomRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file for each room that has ended, whole or not there (conference.md section 19). One thread writes; rooms do not wait for it. Records that
/// a disk does not take wait in memory, [Outlets.Limits]. Thread-safe.
public final class RoomFiles implements RoomRecords, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RoomFiles.class);
    private static final int QUEUE = 256;
    /// In memory beside the text.
    private static final int BYTES = 500;
    private static final String AUTO = "auto";
    private static final String AUTO_FOLDER = "conference_cdr";
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Path logs;
    private final TimeSource time;
    private final Counters<RecordCount> counters;
    private final Mailbox<Optional<RoomRecord>> queue;
    private final Mailbox<Boolean> ended;
    private final Outlets<RoomRecord> folders;
    private final Alarm losing;

    /// @param logs the folder of logs, in which relative folders are
    public RoomFiles(Path logs, TimeSource time, Counters<RecordCount> counters) {
        this(logs, time, counters, Outlets.Limits.DEFAULT);
    }

    /// @param memory for what cannot be written
    RoomFiles(Path logs, TimeSource time, Counters<RecordCount> counters, Outlets.Limits memory) {
        this.logs = logs;
        this.time = time;
        this.counters = counters;
        this.queue = time.mailbox(QUEUE);
        this.ended = time.mailbox(1);
        this.folders = new Outlets<>("records of rooms", memory, record -> BYTES + record.xml().length(), (_, records) -> write(records), time);
        this.losing = new Alarm(time);
    }

    /// Begins to write. Once; what ends before waits.
    public void open() {
        time.start("room records", this::write);
    }

    @Override
    public void ended(RoomRecord record) {
        if (!queue.tell(Optional.of(record))) {
            lost(1, "more than " + QUEUE + " wait for the disk");
        }
    }

    private void write() {
        boolean goesOn = true;
        while (goesOn) {
            Optional<Optional<RoomRecord>> next = queue.await(folders.nextNanos());
            folders.tryAgain();
            next.flatMap(one -> one).ifPresent(record -> report(folders.write(record.folder(), List.of(record))));
            goesOn = next.isEmpty() || next.get().isPresent();
        }
        report(folders.end());
        ended.tell(true);
    }

    private void report(Outlets.Lost<RoomRecord> lost) {
        lost(lost.things().size(), lost.why());
    }

    private Outlets.Written write(List<RoomRecord> records) {
        int done = 0;
        try {
            for (RoomRecord record : records) {
                write(record);
                done++;
            }
            return new Outlets.Written(done, "");
        } catch (IOException trouble) {
            return new Outlets.Written(done, trouble.toString());
        }
    }

    private void write(RoomRecord record) throws IOException {
        try {
            WholeFile.write(folder(record.folder()).resolve(record.fileName()), record.xml());
            counters.increment(RecordCount.ROOMS_WRITTEN);
        } catch (RuntimeException impossible) { // for instance a name that no file can have: it does not get better
            lost(1, impossible.toString());
        }
    }

    private Path folder(String wanted) {
        return logs.resolve(wanted.equals(AUTO) ? AUTO_FOLDER : wanted);
    }

    private void lost(int many, String why) {
        counters.add(RecordCount.ROOMS_LOST, many);
        long told = many == 0 ? 0 : losing.rings(many);
        if (told > 0) {
            log.error("{} records of rooms are LOST: {}", told, why);
        }
    }

    /// Writes what waits.
    @Override
    public void close() {
        long deadline = time.nanoTime() + CLOSE.toNanos();
        while (!queue.tell(Optional.empty()) && time.nanoTime() < deadline) {
            ended.await(time.nanoTime() + LOOK_AGAIN.toNanos());
        }
        ended.await(deadline);
    }
}
