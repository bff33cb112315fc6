package io.jverto.server.records;

import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.RoomRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file for each room that has ended, whole or not there (conference.md section 19). One thread writes; rooms do not wait for it. Thread-safe.
public final class RoomFiles implements RoomRecords, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RoomFiles.class);
    private static final int QUEUE = 256;
    private static final String AUTO = "auto";
    private static final String AUTO_FOLDER = "conference_cdr";
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Path logs;
    private final TimeSource time;
    private final Counters<RecordCount> counters;
    private final Mailbox<Optional<RoomRecord>> queue;
    private final Mailbox<Boolean> ended;
    private final Alarm trouble;

    /// @param logs the folder of logs, in which relative folders are
    public RoomFiles(Path logs, TimeSource time, Counters<RecordCount> counters) {
        this.logs = logs;
        this.time = time;
        this.counters = counters;
        this.queue = time.mailbox(QUEUE);
        this.ended = time.mailbox(1);
        this.trouble = new Alarm(time);
    }

    /// Begins to write. Once; what ends before waits.
    public void open() {
        time.start("room records", this::write);
    }

    @Override
    public void ended(RoomRecord record) {
        if (!queue.tell(Optional.of(record))) {
            failed("more than " + QUEUE + " wait for the disk");
        }
    }

    private void write() {
        Optional<Optional<RoomRecord>> next = queue.await(Long.MAX_VALUE);
        while (next.isPresent() && next.get().isPresent()) {
            write(next.get().get());
            next = queue.await(Long.MAX_VALUE);
        }
        ended.tell(true);
    }

    private void write(RoomRecord record) {
        try {
            WholeFile.write(folder(record.folder()).resolve(record.fileName()), record.xml());
            counters.increment(RecordCount.ROOMS_WRITTEN);
            if (trouble.ends()) {
                log.info("records of rooms are written again");
            }
        } catch (IOException | RuntimeException unwritten) {
            failed(unwritten.toString());
        }
    }

    private Path folder(String wanted) {
        return logs.resolve(wanted.equals(AUTO) ? AUTO_FOLDER : wanted);
    }

    private void failed(String why) {
        counters.increment(RecordCount.ROOMS_LOST);
        long told = trouble.rings(1);
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
