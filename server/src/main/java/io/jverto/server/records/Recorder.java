package io.jverto.server.records;

import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.server.store.StoredRecords;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.wire.verto.VertoTruth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the records of channels: one thread writes them to the spool and the files, a batch at a time, another takes them from the spool to the
/// database when that can be used. A channel waits for neither, unless the queue before the first one is full: then for [#PATIENCE] at most.
/// What can be written nowhere, for the disk is full, waits in memory within [Outlets.Limits]. Thread-safe.
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
    private final Outlets<Finished> toDatabase;
    private final List<Filing> files = new ArrayList<>();
    private final Consumer<Finished> acknowledged;
    private final Counters<RecordCount> counters = new Counters<>(RecordCount.class);

    private final Mailbox<Optional<Finished>> queue;
    private final Mailbox<Boolean> wake;
    /// Told at the end.
    private final Mailbox<Boolean> hurry;
    private final Mailbox<Boolean> together;
    private final Mailbox<Boolean> writerEnded;
    private final Mailbox<Boolean> courierEnded;
    private final Alarm losing;
    /// Of the writer's thread.
    private volatile int waitingInMemory;
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

    /// Files of one kind, and what waits for them.
    private record Filing(RecordFile file, Outlets<Finished> outlets) {}

    public Recorder(RecordSettings settings, Place place, StoredRecords store, TimeSource time, RandomGenerator random) {
        this(settings, place, store, time, random, Outlets.Limits.DEFAULT, _ -> { });
    }

    /// @param memory for what can be written nowhere; files of each kind have as much again
    /// @param acknowledged told of each record that is safe
    Recorder(
            RecordSettings settings, Place place, StoredRecords store, TimeSource time, RandomGenerator random, Outlets.Limits memory,
            Consumer<Finished> acknowledged) {
        this.settings = settings;
        this.place = place;
        this.time = time;
        this.random = random;
        this.acknowledged = acknowledged;
        this.database = settings.database().map(to -> new DatabaseQueue(place.spool(), to, store, time, counters));
        this.toDatabase = new Outlets<>("call records", memory, Finished::size, (_, records) -> toDatabase(records), time);
        settings.csv().ifPresent(csv -> add(new CsvFiles(csv, place.zone()), memory));
        settings.json().ifPresent(json -> add(new JsonFiles(json, place.switchName(), place.zone()), memory));
        this.queue = time.mailbox(QUEUE);
        this.wake = time.mailbox(1);
        this.hurry = time.mailbox(1);
        this.together = time.mailbox(1);
        this.writerEnded = time.mailbox(1);
        this.courierEnded = time.mailbox(1);
        this.losing = new Alarm(time);
    }

    private void add(RecordFile file, Outlets.Limits memory) {
        files.add(new Filing(file, new Outlets<>("files of call records", memory, Finished::size, file::write, time)));
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
        long told = many == 0 ? 0 : losing.rings(many);
        if (told > 0) {
            log.error("{} call records are LOST: {}", told, why);
        }
    }

    private void write() {
        boolean goesOn = true;
        while (goesOn) {
            List<Finished> batch = new ArrayList<>();
            Optional<Optional<Finished>> next = queue.await(nextTryNanos());
            if (next.isPresent() && !closing) {
                together.await(time.nanoTime() + TOGETHER.toNanos());
            }
            while (next.isPresent() && next.get().isPresent()) {
                batch.add(next.get().get());
                next = batch.size() < QUEUE ? queue.await(time.nanoTime()) : Optional.empty();
            }
            goesOn = next.isEmpty() || next.get().isPresent();
            keep(batch, !goesOn);
        }
        writerEnded.tell(true);
    }

    private long nextTryNanos() {
        return Stream.concat(Stream.of(toDatabase), files.stream().map(Filing::outlets)).mapToLong(Outlets::nextNanos).min().orElse(Long.MAX_VALUE);
    }

    /// @param last whether nothing comes behind it
    private void keep(List<Finished> batch, boolean last) {
        try {
            toDatabase.tryAgain();
            files.forEach(one -> one.outlets().tryAgain());
            report(RecordCount.LOST, toDatabase.write("", batch.stream().filter(this::isForDatabase).toList()));
            files.forEach(one -> toFiles(one, batch));
            batch.stream().filter(record -> !isForDatabase(record)).forEach(this::safe);
            if (last) {
                report(RecordCount.LOST, toDatabase.end());
                files.forEach(one -> report(RecordCount.FILES_FAILED, one.outlets().end()));
            }
            wake.tell(true);
        } catch (RuntimeException bug) { // of one batch: those after it need the thread
            log.error("call records could not be written because of a bug", bug);
            lost(batch.size(), "a bug");
        }
        waitingInMemory = toDatabase.waiting();
    }

    private boolean isForDatabase(Finished finished) {
        return settings.database().filter(to -> to.legs().take(finished.record().leg().isB())).isPresent();
    }

    private void safe(Finished record) {
        counters.increment(RecordCount.WRITTEN);
        acknowledged.accept(record);
    }

    private void report(RecordCount what, Outlets.Lost<Finished> lost) {
        if (what == RecordCount.LOST) {
            lost(lost.things().size(), lost.why());
        } else if (!lost.things().isEmpty()) {
            counters.add(what, lost.things().size());
            log.error("{} call records are missing from their files for good: {}", lost.things().size(), lost.why());
        }
    }

    private Outlets.Written toDatabase(List<Finished> records) {
        Outlets.Written written = database.orElseThrow().add(records.stream().map(Finished::row).toList());
        records.subList(0, written.count()).forEach(this::safe);
        return written;
    }

    private void toFiles(Filing files, List<Finished> batch) {
        Map<String, List<Finished>> places = new LinkedHashMap<>();
        batch.stream().filter(files.file()::takes)
                .forEach(record -> files.file().places(record).forEach(place -> places.computeIfAbsent(place, _ -> new ArrayList<>()).add(record)));
        places.forEach((place, records) -> report(RecordCount.FILES_FAILED, files.outlets().write(place, records)));
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

    /// @return records that can be written nowhere at the moment
    public int waitingInMemory() {
        return waitingInMemory;
    }

    /// @return bytes on the disk that are not in the database yet; -1 when the disk cannot be asked
    public long waitingBytes() {
        return database.map(DatabaseQueue::size).orElse(0L);
    }

    /// @return whether everything that was written is in the database
    boolean isDelivered() {
        return database.map(DatabaseQueue::isEmpty).orElse(true);
    }
}
