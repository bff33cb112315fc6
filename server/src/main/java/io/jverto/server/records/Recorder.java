package io.jverto.server.records;

import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.server.store.StoredRecords;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.wire.verto.VertoTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the records of channels: one thread writes them to the spool and the files, a batch at a time, another takes them from the spool to the
/// database when that can be used. A channel waits for neither, unless the queue before the first one is full: then for [#PATIENCE] at most.
/// Thread-safe.
public final class Recorder implements CallRecords, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final int QUEUE = 1_024;
    static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    /// How long records wait for others on their way to the disk, where each write costs more than what is in it.
    static final Duration TOGETHER = Duration.ofMillis(50);
    /// How long records wait for others on their way to the database, where each transaction costs more than its rows. They are safe meanwhile.
    static final Duration GATHER = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final RecordSettings settings;
    private final Place place;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Optional<DatabaseQueue> database;
    private final List<RecordFile> files = new ArrayList<>();
    private final Consumer<Finished> acknowledged;
    private final Counters<RecordCount> counters = new Counters<>(RecordCount.class);

    private final Mailbox<Optional<Finished>> queue;
    private final Mailbox<Boolean> wake;
    /// Told at the end.
    private final Mailbox<Boolean> hurry;
    private final Mailbox<Boolean> together;
    private final Mailbox<Boolean> writerEnded;
    private final Mailbox<Boolean> courierEnded;
    private final Alarm queueFull;
    private final Alarm filesFail;
    private volatile boolean opened;
    /// Nothing is gathered any more.
    private volatile boolean closing;
    /// The writer has ended, and so shall the courier.
    private volatile boolean ending;

    /// Where it is.
    ///
    /// @param spool folder of records that are on their way to the database
    /// @param zone of the stamps in files
    public record Place(Path spool, String switchName, ZoneId zone) {}

    public Recorder(RecordSettings settings, Place place, StoredRecords store, TimeSource time, RandomGenerator random) {
        this(settings, place, store, time, random, _ -> { });
    }

    /// @param acknowledged told of each record that is safe
    Recorder(RecordSettings settings, Place place, StoredRecords store, TimeSource time, RandomGenerator random, Consumer<Finished> acknowledged) {
        this.settings = settings;
        this.place = place;
        this.time = time;
        this.random = random;
        this.acknowledged = acknowledged;
        this.database = settings.database().map(to -> new DatabaseQueue(place.spool(), to, store, time, counters));
        settings.csv().ifPresent(csv -> files.add(new CsvFiles(csv, place.zone())));
        settings.json().ifPresent(json -> files.add(new JsonFiles(json, place.switchName(), place.zone())));
        this.queue = time.mailbox(QUEUE);
        this.wake = time.mailbox(1);
        this.hurry = time.mailbox(1);
        this.together = time.mailbox(1);
        this.writerEnded = time.mailbox(1);
        this.courierEnded = time.mailbox(1);
        this.queueFull = new Alarm(time);
        this.filesFail = new Alarm(time);
    }

    /// Begins to write. Once; what ends before waits.
    public void open() {
        opened = true;
        time.start("call records", this::write);
        time.start("call records to the database", this::carry);
    }

    public Counters<RecordCount> counters() {
        return counters;
    }

    @Override
    public void ended(CallRecord record) {
        if (!isWanted(record)) {
            return;
        }
        Optional<Finished> finished = Optional.of(new Finished(record, Tokens.orderedUuid(random, time.wallTime().toEpochMilli()), place.zone()));
        long deadline = time.nanoTime() + PATIENCE.toNanos();
        Mailbox<Boolean> nobody = time.mailbox(1);
        while (!queue.tell(finished)) {
            if (time.nanoTime() >= deadline) {
                lost(1, "the disk is too slow for the calls that end");
                return;
            }
            nobody.await(time.nanoTime() + LOOK_AGAIN.toNanos());
        }
    }

    /// The channel's variable `process_cdr` (dialplan-directory.md section 3.4): false, `a_only` or `b_only` leave records out.
    private static boolean isWanted(CallRecord record) {
        String wish = record.variables().getOrDefault("process_cdr", "true").trim();
        return switch (wish.toLowerCase(Locale.ROOT)) {
            case "a_only" -> !record.leg().isB();
            case "b_only" -> record.leg().isB();
            case "" -> true;
            default -> VertoTruth.isTrue(wish);
        };
    }

    private void lost(long many, String why) {
        counters.add(RecordCount.LOST, many);
        long told = queueFull.rings(many);
        if (told > 0) {
            log.error("{} call records are LOST: {}", told, why);
        }
    }

    private void write() {
        boolean goesOn = true;
        while (goesOn) {
            List<Finished> batch = new ArrayList<>();
            Optional<Optional<Finished>> next = queue.await(Long.MAX_VALUE);
            if (!closing) {
                together.await(time.nanoTime() + TOGETHER.toNanos());
            }
            while (next.isPresent() && next.get().isPresent()) {
                batch.add(next.get().get());
                next = batch.size() < QUEUE ? queue.await(time.nanoTime()) : Optional.empty();
            }
            goesOn = next.isEmpty() || next.get().isPresent();
            if (!batch.isEmpty()) {
                keep(batch);
            }
        }
        writerEnded.tell(true);
    }

    private void keep(List<Finished> batch) {
        try {
            Set<String> unsafe = toDatabase(batch);
            files.forEach(file -> toFile(file, batch.stream().filter(file::takes).toList()));
            wake.tell(true);
            counters.add(RecordCount.WRITTEN, batch.size() - unsafe.size());
            batch.stream().filter(record -> !unsafe.contains(record.recordId())).forEach(acknowledged);
        } catch (RuntimeException bug) { // of one batch: those after it need the thread
            log.error("call records could not be written because of a bug", bug);
            lost(batch.size(), "a bug");
        }
    }

    /// @return those that are not safe
    private Set<String> toDatabase(List<Finished> batch) {
        if (database.isEmpty()) {
            return Set.of();
        }
        List<Finished> wanted = batch.stream()
                .filter(finished -> settings.database().orElseThrow().legs().take(finished.record().leg().isB())).toList();
        DatabaseQueue.Added added = database.get().add(wanted.stream().map(Finished::row).toList());
        Set<String> unsafe = wanted.stream().skip(added.safe()).map(Finished::recordId).collect(Collectors.toSet());
        if (!unsafe.isEmpty()) {
            lost(unsafe.size(), added.trouble());
        }
        return unsafe;
    }

    private void toFile(RecordFile file, List<Finished> records) {
        if (records.isEmpty()) {
            return;
        }
        try {
            file.write(records);
            if (filesFail.ends()) {
                log.info("files take call records again");
            }
        } catch (IOException trouble) {
            counters.add(RecordCount.FILES_FAILED, records.size());
            long told = filesFail.rings(records.size());
            if (told > 0) {
                log.error("{} call records are not in their files: {}", told, trouble.toString());
            }
        }
    }

    /// The way from the spool to the database.
    private void carry() {
        long swept = time.nanoTime() - SWEEP.toNanos();
        while (!ending && database.isPresent()) {
            boolean all = database.get().deliver();
            if (all && time.nanoTime() - swept >= SWEEP.toNanos()) {
                swept = time.nanoTime();
                database.get().forget();
            }
            boolean more = wake.await(time.nanoTime() + (all ? SWEEP : TRY_AGAIN).toNanos()).isPresent();
            if (more && !ending) {
                hurry.await(time.nanoTime() + GATHER.toNanos());
            }
        }
        database.ifPresent(DatabaseQueue::deliver);
        courierEnded.tell(true);
    }

    /// Writes what is on its way, and takes it to the database if that can be used; what is left waits for the next start.
    @Override
    public void close() {
        if (ending || !opened) {
            return;
        }
        long deadline = time.nanoTime() + CLOSE.toNanos();
        closing = true; // before it is told: who has not begun to gather does not begin
        together.tell(true);
        while (!queue.tell(Optional.empty()) && time.nanoTime() < deadline) {
            writerEnded.await(time.nanoTime() + LOOK_AGAIN.toNanos());
        }
        writerEnded.await(deadline);
        ending = true;
        hurry.tell(true);
        wake.tell(true);
        courierEnded.await(time.nanoTime() + CLOSE.toNanos());
        database.ifPresent(DatabaseQueue::close);
    }

    /// @return whether everything that was written is in the database
    /// @return bytes on the disk that are not in the database yet; -1 when the disk cannot be asked
    public long waitingBytes() {
        return database.map(DatabaseQueue::size).orElse(0L);
    }

    boolean isDelivered() {
        return database.map(DatabaseQueue::isEmpty).orElse(true);
    }
}
