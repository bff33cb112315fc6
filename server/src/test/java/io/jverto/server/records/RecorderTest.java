package io.jverto.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.records.RecordSettings.Legs;
import io.jverto.server.records.RecordSettings.ToCsv;
import io.jverto.server.records.RecordSettings.ToDatabase;
import io.jverto.server.records.RecordSettings.ToJson;
import io.jverto.server.store.Database;
import io.jverto.server.store.DatabaseLocation;
import io.jverto.server.store.StoredRecords;
import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecord.Leg;
import io.jverto.switchboard.port.MediaService.Spread;
import io.jverto.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final ToDatabase TO_DATABASE = ToDatabase.DEFAULT;
    /// Until a record is in the database.
    private static final Duration DELIVERED = Recorder.TOGETHER.plus(Recorder.GATHER);

    @TempDir
    Path temp;

    private final VirtualTime time = new VirtualTime();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closes() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void aRowSaysHowTheCallSoundedAndNothingOfASilentOne() throws SQLException {
        Recorder recorder = started(TO_DATABASE);
        recorder.ended(Records.sounded("call-1",
                new CallQuality(0.0512, 0.01, 0.2, Optional.of(new Spread(8.04, 21)), Optional.empty(), 4.126)));
        recorder.ended(Records.of("call-2", Map.of()));
        time.advance(DELIVERED);

        assertThat(rows("SELECT uuid, mos, loss_percent, concealed_percent, remote_loss_percent, jitter_ms, round_trip_ms FROM call_record ORDER BY uuid"))
                .containsExactly("call-1|4.13|5.12|1.00|20.00|8.0|null", "call-2|null|null|null|null|null|null");
    }

    @Test
    void aRecordBecomesARow() throws SQLException {
        Recorder recorder = started(TO_DATABASE);
        recorder.ended(Records.of("call-1", Map.of("accountcode", "sales", "color", "\"red\"", "nul", "a\0b\uD800")));
        time.advance(DELIVERED);

        assertThat(rows("SELECT uuid, bleg_uuid, leg, direction, caller_id_name, caller_id_number, destination_number, context, duration, billsec,"
                + " hangup_cause, accountcode, read_codec, write_codec, username, network_addr FROM call_record")).containsExactly(
                        "call-1|other|a|inbound|Ada|1000|1001|default|65|61|NORMAL_CLEARING|sales|opus|opus|1000|192.0.2.9");
        assertThat(rows("SELECT start_stamp AT TIME ZONE 'UTC', answer_stamp AT TIME ZONE 'UTC', end_stamp AT TIME ZONE 'UTC' FROM call_record"))
                .singleElement().asString().contains("2026-01-31 12:00:00.25", "2026-01-31 12:00:03.75", "2026-01-31 12:01:05.65");
        assertThat(rows("SELECT variables FROM call_record")).singleElement().asString()
                .contains("\"color\":\"\\\"red\\\"\"", "\"nul\":\"a\uFFFDb\uFFFD\"");
        assertThat(acknowledged).containsExactly("call-1");
        assertThat(recorder.isDelivered()).isTrue();
    }

    @Test
    void theVariableLeavesRecordsOut() throws SQLException {
        Recorder recorder = started(TO_DATABASE);
        for (String wish : List.of("true", "false", "a_only", "b_only", "")) {
            recorder.ended(Records.of("a " + wish, Leg.INBOUND, "Ada", Map.of("PROCESS_CDR", wish)));
            recorder.ended(Records.of("o " + wish, Leg.ORIGINATED, "Ada", Map.of("process_cdr", wish)));
            recorder.ended(Records.of("b " + wish, Leg.CALLED, "Ada", Map.of("process_cdr", wish)));
        }
        time.advance(DELIVERED);

        assertThat(rows("SELECT uuid FROM call_record")).containsExactlyInAnyOrder(
                "a true", "o true", "b true", "a a_only", "o a_only", "b b_only", "a ", "o ", "b ");
    }

    @Test
    void whileTheDatabaseIsAwayRecordsWaitOnTheDiskAndComeOnceAfterwards() throws Exception {
        Files.writeString(temp.resolve("db"), "in the way");
        Recorder recorder = started(TO_DATABASE);
        for (int i = 0; i < 700; i++) {
            recorder.ended(Records.of("call-" + i, Map.of()));
            time.advance(Recorder.TOGETHER);
        }
        assertThat(acknowledged).hasSize(700);
        assertThat(recorder.isDelivered()).isFalse();
        assertThat(recorder.counters().get(RecordCount.LOST)).isZero();

        Files.delete(temp.resolve("db"));
        time.advance(Duration.ofMinutes(1));
        assertThat(recorder.isDelivered()).isTrue();
        assertThat(rows("SELECT COUNT(*), COUNT(DISTINCT uuid) FROM call_record")).containsExactly("700|700");
        assertThat(recorder.counters().get(RecordCount.DELIVERED)).isEqualTo(700);
    }

    @Test
    void whatASpoolBringsAgainAfterACrashCountsOnce() throws Exception {
        Recorder unopened = recorder(TO_DATABASE, Optional.empty(), Optional.empty());
        Files.writeString(temp.resolve("db"), "in the way");
        unopened.open();
        unopened.ended(Records.of("one", Map.of()));
        unopened.ended(Records.of("two", Map.of()));
        time.advance(Recorder.TOGETHER);
        unopened.close();
        copy(temp.resolve("spool"), temp.resolve("before"));
        Files.delete(temp.resolve("db"));
        time.advance(Duration.ofMinutes(1));

        started(TO_DATABASE).close();
        assertThat(rows("SELECT uuid FROM call_record ORDER BY uuid")).containsExactly("one", "two");
        copy(temp.resolve("before"), temp.resolve("spool"));
        Recorder again = started(TO_DATABASE);
        time.advance(Recorder.TOGETHER);
        assertThat(again.isDelivered()).isTrue();
        assertThat(rows("SELECT uuid FROM call_record ORDER BY uuid")).containsExactly("one", "two");
    }

    @Test
    void aSpoolThatCannotBeWrittenSendsRecordsStraightToTheDatabase() throws Exception {
        Files.writeString(temp.resolve("spool"), "in the way");
        Recorder recorder = started(TO_DATABASE);
        recorder.ended(Records.of("one", Map.of()));
        time.advance(Recorder.TOGETHER);

        assertThat(rows("SELECT uuid FROM call_record")).containsExactly("one");
        assertThat(acknowledged).containsExactly("one");
        assertThat(recorder.counters().get(RecordCount.LOST)).isZero();
    }

    @Test
    void whereNeitherDiskNorDatabaseTakeThemRecordsWaitInMemoryAndAreWrittenOnceWhenThereIsRoomAgain() throws Exception {
        Files.writeString(temp.resolve("spool"), "in the way");
        Files.writeString(temp.resolve("db"), "in the way");
        Recorder recorder = started(TO_DATABASE);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add("call-" + i);
            recorder.ended(Records.of(ids.getLast(), Map.of()));
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(recorder.counters().get(RecordCount.WRITTEN)).isZero();
        assertThat(recorder.waitingInMemory()).isEqualTo(30);
        assertThat(acknowledged).isEmpty();

        Files.delete(temp.resolve("spool"));
        time.advance(Outlets.TRY_AGAIN.plus(Recorder.TOGETHER));
        assertThat(acknowledged).isEqualTo(ids);
        assertThat(recorder.waitingInMemory()).isZero();
        Files.delete(temp.resolve("db"));
        time.advance(Duration.ofMinutes(1));
        assertThat(rows("SELECT uuid FROM call_record ORDER BY record_id")).isEqualTo(ids);
        assertThat(recorder.counters().get(RecordCount.LOST)).isZero();
    }

    @Test
    void memoryHoldsSoManyAndThenTheNewestAreLostAndCounted() throws Exception {
        Files.writeString(temp.resolve("spool"), "in the way");
        Files.writeString(temp.resolve("db"), "in the way");
        Recorder recorder = started(new RecordSettings(Optional.of(TO_DATABASE), Optional.empty(), Optional.empty()), new Outlets.Limits(3, 1 << 20));
        for (int i = 0; i < 5; i++) {
            recorder.ended(Records.of("call-" + i, Map.of()));
            time.advance(Recorder.TOGETHER);
        }
        assertThat(recorder.counters().get(RecordCount.LOST)).isEqualTo(2);

        Files.delete(temp.resolve("spool"));
        time.advance(Outlets.TRY_AGAIN);
        assertThat(acknowledged).containsExactly("call-0", "call-1", "call-2");
    }

    @Test
    void whatMayWaitInMemoryIsBoundedByItsBytesToo() throws Exception {
        Files.writeString(temp.resolve("spool"), "in the way");
        Files.writeString(temp.resolve("db"), "in the way");
        Recorder recorder = started(new RecordSettings(Optional.of(TO_DATABASE), Optional.empty(), Optional.empty()), new Outlets.Limits(1_000, 100_000));
        for (int i = 0; i < 10; i++) {
            recorder.ended(Records.of("call-" + i, Map.of("filler", "x".repeat(40_000))));
            time.advance(Recorder.TOGETHER);
        }

        assertThat(recorder.waitingInMemory()).isEqualTo(2);
        assertThat(recorder.counters().get(RecordCount.LOST)).isEqualTo(8);
    }

    @Test
    void whatWaitsInMemoryIsTriedOnceMoreAtTheEndAndCountedWhenThatFails() throws Exception {
        Files.writeString(temp.resolve("spool"), "in the way");
        Files.writeString(temp.resolve("db"), "in the way");
        Recorder first = started(TO_DATABASE);
        first.ended(Records.of("lost", Map.of()));
        time.advance(Recorder.TOGETHER);
        first.close();
        assertThat(first.counters().get(RecordCount.LOST)).isEqualTo(1);

        Recorder second = started(TO_DATABASE);
        second.ended(Records.of("saved", Map.of()));
        time.advance(Recorder.TOGETHER);
        Files.delete(temp.resolve("spool"));
        second.close();
        assertThat(acknowledged).containsExactly("saved");
    }

    @Test
    void whatAFullSpoolDoesNotTakeWaitsInMemory() throws Exception {
        Files.writeString(temp.resolve("db"), "in the way");
        Recorder recorder = started(new ToDatabase(Legs.AB, 5_000, Duration.ZERO));
        for (int i = 0; i < 20; i++) {
            recorder.ended(Records.of("call-" + i, Map.of()));
            time.advance(Recorder.TOGETHER);
        }
        assertThat(recorder.waitingInMemory()).isBetween(1, 19);
        assertThat(acknowledged).hasSize(20 - recorder.waitingInMemory());
        assertThat(recorder.counters().get(RecordCount.LOST)).isZero();

        Files.delete(temp.resolve("db"));
        time.advance(Duration.ofMinutes(1));
        assertThat(rows("SELECT uuid FROM call_record")).hasSize(20).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void whenTheQueueIsFullTheEndOfAChannelWaitsForAMomentAndNoLonger() {
        Recorder recorder = recorder(TO_DATABASE, Optional.empty(), Optional.empty());
        for (int i = 0; i < 1_024; i++) {
            recorder.ended(Records.of("call-" + i, Map.of()));
        }
        List<String> ended = new CopyOnWriteArrayList<>();
        time.start("channel", () -> {
            recorder.ended(Records.of("one too many", Map.of()));
            ended.add("ended");
        });
        time.advance(Recorder.PATIENCE.minusMillis(50));
        assertThat(ended).isEmpty();
        time.advance(Duration.ofMillis(100));
        assertThat(ended).hasSize(1);
        assertThat(recorder.counters().get(RecordCount.LOST)).isEqualTo(1);

        time.start("another channel", () -> recorder.ended(Records.of("has room in time", Map.of())));
        time.advance(Recorder.TOGETHER);
        recorder.open();
        time.advance(Duration.ofSeconds(1));
        assertThat(acknowledged).hasSize(1_025).contains("has room in time");
    }

    @Test
    void recordsThatAreTooOldGo() throws SQLException {
        Recorder recorder = started(new ToDatabase(Legs.AB, 1 << 20, Duration.ofDays(60)));
        recorder.ended(Records.of("of January", Map.of()));
        time.advance(Recorder.TOGETHER);
        time.advance(Duration.ofDays(89));
        assertThat(rows("SELECT uuid FROM call_record")).hasSize(1);
        time.advance(Duration.ofDays(2));
        assertThat(rows("SELECT uuid FROM call_record")).isEmpty();
    }

    @Test
    void linesGoToTheMasterFileAndToThatOfTheAccount() throws IOException {
        ToCsv csv = csv(Legs.A, false, false, Map.of("example", Template.of("\"${uuid}\",\"${start_stamp}\",\"${billsec}\",\"${COLOR}\""),
                "sales", Template.of("${uuid}")));
        Recorder recorder = started(Optional.empty(), Optional.of(csv), Optional.empty());
        recorder.ended(Records.of("one", Map.of("color", "red")));
        recorder.ended(Records.of("two", Map.of("accountcode", "sales")));
        recorder.ended(Records.of("three", Map.of("accountcode", "../../etc/passwd")));
        recorder.ended(Records.of("four", Leg.CALLED, "Ada", Map.of()));
        time.advance(Recorder.TOGETHER);

        assertThat(temp.resolve("csv/Master.csv")).hasContent("""
                "one","2026-01-31 13:00:00","61","red"
                two
                "three","2026-01-31 13:00:00","61",""
                """);
        assertThat(temp.resolve("csv/sales.csv")).hasContent("two\n");
        assertThat(names("csv")).containsExactly("Master.csv", "sales.csv");
    }

    @Test
    void theFileOfAnotherDayIsPutAside() throws IOException {
        Recorder recorder = started(Optional.empty(), Optional.of(csv(Legs.A, true, true, Map.of("example", Template.of("${uuid}")))), Optional.empty());
        recorder.ended(Records.of("one", Map.of()));
        time.advance(Recorder.TOGETHER);
        Files.setLastModifiedTime(temp.resolve("csv/Master.csv"), java.nio.file.attribute.FileTime.from(Records.NOON.minus(Duration.ofDays(2))));
        recorder.ended(Records.of("two", Map.of()));
        time.advance(Recorder.TOGETHER);

        assertThat(names("csv")).containsExactly("Master.csv", "Master.csv.2026-01-29");
        assertThat(temp.resolve("csv/Master.csv")).hasContent("two\n");
    }

    @Test
    void eachRecordIsAJsonFileWhoseNameNobodyChooses() throws IOException {
        ToJson json = new ToJson(temp.resolve("json"), Legs.AB, true, true, false);
        Recorder recorder = started(Optional.empty(), Optional.empty(), Optional.of(json));
        recorder.ended(Records.of("one", Map.of("color", "red & blue")));
        recorder.ended(Records.of("one", Map.of()));
        recorder.ended(Records.of("../../../tmp/evil", Leg.CALLED, "Ada", Map.of()));
        time.advance(Recorder.TOGETHER);

        assertThat(names("json")).hasSize(3).contains("a_one.cdr.json").allMatch(name -> name.matches("(a_one(-[0-9a-f-]{36})?|[0-9a-f-]{36})\\.cdr\\.json"));
        assertThat(Files.readString(temp.resolve("json/a_one.cdr.json"))).contains("\"color\":\"red%20%26%20blue\"", "\"destination_number\":\"1001\"",
                "\"created_time\":\"1769860800250000\"", "\"hangup_cause\":\"NORMAL_CLEARING\"", "\"direction\":\"inbound\"", "\"billmsec\":\"61900\"");
    }

    @Test
    void whatAFileCannotTakeWaitsForItAndTheDatabaseHasTheRecordAllTheSame() throws Exception {
        Files.writeString(temp.resolve("csv"), "in the way");
        Files.writeString(temp.resolve("json"), "in the way");
        Recorder recorder = started(Optional.of(TO_DATABASE), Optional.of(csv(Legs.A, true, false, Map.of("example", Template.of("${uuid}")))),
                Optional.of(new ToJson(temp.resolve("json"), Legs.AB, false, false, false)));
        recorder.ended(Records.of("one", Map.of()));
        recorder.ended(Records.of("two", Map.of()));
        time.advance(DELIVERED);
        assertThat(rows("SELECT uuid FROM call_record")).containsExactlyInAnyOrder("one", "two");

        Files.delete(temp.resolve("csv"));
        recorder.ended(Records.of("three", Map.of()));
        time.advance(Outlets.TRY_AGAIN.plus(DELIVERED));
        assertThat(temp.resolve("csv/Master.csv")).hasContent("one\ntwo\nthree\n");
        Files.delete(temp.resolve("json"));
        time.advance(Outlets.TRY_AGAIN);
        assertThat(names("json")).containsExactlyInAnyOrder("one.cdr.json", "two.cdr.json", "three.cdr.json");
        assertThat(recorder.counters().get(RecordCount.FILES_FAILED)).isZero();
    }

    @Test
    void oneFileThatCannotBeWrittenIsInNobodysWayAndWhatItMissesIsCounted() throws Exception {
        Files.createDirectories(temp.resolve("csv/sales.csv"));
        Recorder recorder = started(Optional.empty(), Optional.of(csv(Legs.A, false, false, Map.of("example", Template.of("${uuid}")))), Optional.empty());
        recorder.ended(Records.of("one", Map.of("accountcode", "sales")));
        recorder.ended(Records.of("two", Map.of("accountcode", "sales")));
        time.advance(Recorder.TOGETHER);
        recorder.ended(Records.of("three", Map.of("accountcode", "support")));
        time.advance(Outlets.TRY_AGAIN);
        recorder.close();

        assertThat(temp.resolve("csv/Master.csv")).hasContent("one\ntwo\nthree\n");
        assertThat(temp.resolve("csv/support.csv")).hasContent("three\n");
        assertThat(recorder.counters().get(RecordCount.FILES_FAILED)).isEqualTo(2);
    }

    /// A file system that is really full: `No space left on device` comes from the kernel.
    @Test
    void onAFullDiskNothingIsLostAndNothingIsWrittenTwice() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("small"))) {
            Path small = disk.folder();
            Path filler = small.resolve("filler");
            ToCsv csv = new ToCsv(small.resolve("csv"), Legs.AB, Map.of("example", Template.of("${uuid}")), "example", true, false);
            Recorder recorder = recorder(new RecordSettings(Optional.of(TO_DATABASE), Optional.of(csv), Optional.empty()), small, Outlets.Limits.DEFAULT);
            Files.writeString(temp.resolve("db"), "in the way");
            recorder.open();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                if (i == 20) {
                    disk.fill(filler);
                }
                ids.add("call-" + i);
                recorder.ended(Records.of(ids.getLast(), Map.of("filler", "x".repeat(3_000))));
                time.advance(Duration.ofMillis(300));
            }
            assertThat(recorder.waitingInMemory()).isGreaterThan(30);

            Files.delete(filler);
            Files.delete(temp.resolve("db"));
            time.advance(Duration.ofMinutes(1));
            assertThat(rows("SELECT uuid FROM call_record ORDER BY record_id")).isEqualTo(ids);
            assertThat(small.resolve("csv/Master.csv")).hasContent(String.join("\n", ids) + "\n");
            assertThat(recorder.counters().get(RecordCount.LOST)).isZero();
            assertThat(recorder.counters().get(RecordCount.DAMAGED)).isZero();
            assertThat(recorder.counters().get(RecordCount.DELIVERED)).isEqualTo(60);
        }
    }

    @Test
    void whatIsEnormousIsCutAndStillARecord() throws SQLException {
        Recorder recorder = started(TO_DATABASE);
        Map<String, String> variables = new java.util.HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            variables.put("v" + i, "\u0001\"\\".repeat(10_000));
        }
        CallRecord record = Records.of("i".repeat(5_000), Leg.INBOUND, "n".repeat(5_000), variables);
        recorder.ended(record);
        time.advance(DELIVERED);

        assertThat(rows("SELECT LENGTH(uuid), LENGTH(caller_id_name) FROM call_record")).containsExactly("256|1024");
        assertThat(recorder.counters().get(RecordCount.DAMAGED)).isZero();
    }

    @Test
    void whatWasSaidBeforeTheEndIsWrittenAtTheEnd() throws SQLException {
        Recorder recorder = started(TO_DATABASE);
        recorder.ended(Records.of("one", Map.of()));
        recorder.close();

        assertThat(rows("SELECT uuid FROM call_record")).containsExactly("one");
    }

    private ToCsv csv(Legs legs, boolean master, boolean rotate, Map<String, Template> templates) {
        return new ToCsv(temp.resolve("csv"), legs, templates, "example", master, rotate);
    }

    private Recorder started(ToDatabase database) {
        return started(Optional.of(database), Optional.empty(), Optional.empty());
    }

    private Recorder started(Optional<ToDatabase> database, Optional<ToCsv> csv, Optional<ToJson> json) {
        return started(new RecordSettings(database, csv, json), Outlets.Limits.DEFAULT);
    }

    private Recorder started(RecordSettings settings, Outlets.Limits memory) {
        Recorder recorder = recorder(settings, temp, memory);
        recorder.open();
        time.advance(Recorder.TOGETHER);
        return recorder;
    }

    private Recorder recorder(ToDatabase database, Optional<ToCsv> csv, Optional<ToJson> json) {
        return recorder(new RecordSettings(Optional.of(database), csv, json), temp, Outlets.Limits.DEFAULT);
    }

    private Recorder recorder(RecordSettings settings, Path folder, Outlets.Limits memory) {
        Database database = new Database(location(), time);
        Recorder recorder = new Recorder(settings, new Recorder.Place(folder.resolve("spool"), "test", ZoneId.of("Europe/Berlin")),
                new StoredRecords(database), time, new Random(1), memory, finished -> acknowledged.add(finished.record().id().value()));
        open.add(recorder);
        open.add(database);
        return recorder;
    }

    private DatabaseLocation location() {
        return new DatabaseLocation.Embedded(temp.resolve("db"));
    }

    private List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(location().url()); ResultSet found = connection.createStatement().executeQuery(query)) {
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    cells.add(found.getString(i));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> all = Files.list(temp.resolve(folder))) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
