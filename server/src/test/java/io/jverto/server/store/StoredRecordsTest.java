package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRecordsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");

    @TempDir
    Path temp;

    private Database database;
    private StoredRecords records;

    @BeforeEach
    void opens() {
        database = new Database(location(), new VirtualTime());
        records = new StoredRecords(database);
    }

    @AfterEach
    void closes() {
        database.close();
    }

    DatabaseLocation location() {
        return new DatabaseLocation.Embedded(temp.resolve("db"));
    }

    @Test
    void aRecordIsStoredOnceHoweverOftenItComes() {
        assertThat(records.insert(List.of(row("1", "one", "Größe \uD83D\uDE00 '; --"), row("2", "two", "")))).hasValue(List.of());
        assertThat(records.insert(List.of(row("2", "two", ""), row("3", "three", "")))).hasValue(List.of());
        assertThat(records.insert(List.of(row("3", "three", ""), row("3", "three", "")))).hasValue(List.of());

        assertThat(column("SELECT uuid FROM call_record ORDER BY record_id")).containsExactly("one", "two", "three");
        assertThat(column("SELECT caller_id_name FROM call_record WHERE record_id = '1'")).containsExactly("Größe \uD83D\uDE00 '; --");
    }

    @Test
    void twoCallsThatAClientGaveTheSameIdAreTwoRecords() {
        records.insert(List.of(row("1", "same", ""), row("2", "same", "")));

        assertThat(column("SELECT uuid FROM call_record")).containsExactly("same", "same");
    }

    @Test
    void aRowThatTheDatabaseWillNeverTakeIsGivenBackAndHindersNoOther() {
        RecordRow wrong = row("2", "x".repeat(300), "");

        assertThat(records.insert(List.of(row("1", "one", ""), wrong, row("3", "three", "")))).hasValue(List.of(wrong));
        assertThat(column("SELECT uuid FROM call_record ORDER BY record_id")).containsExactly("one", "three");
        assertThat(records.insert(List.of(row("4", "four", "")))).as("the database is not broken").hasValue(List.of());
    }

    @Test
    void stampsKeepTheirMicrosecondsAndWhatWasNeverAnsweredHasNone() {
        records.insert(List.of(row("1", "one", "")));

        assertThat(database.with(handle -> handle.createQuery("SELECT start_stamp, answer_stamp FROM call_record")
                .map((found, _) -> found.getObject(1, java.time.OffsetDateTime.class).toInstant() + " " + found.getString(2)).one()))
                .hasValue(NOON + " null");
    }

    @Test
    void whatIsOlderIsForgotten() {
        records.insert(List.of(row("1", "one", "")));

        assertThat(records.forget(NOON.plusSeconds(5))).hasValue(0);
        assertThat(records.forget(NOON.plus(Duration.ofSeconds(11)))).hasValue(1);
        assertThat(column("SELECT uuid FROM call_record")).isEmpty();
    }

    private List<String> column(String query) {
        return database.with(handle -> handle.createQuery(query).mapTo(String.class).list()).orElseThrow();
    }

    private static RecordRow row(String recordId, String uuid, String callerName) {
        return new RecordRow(recordId, uuid, "", "a", "inbound", new RecordRow.Party(callerName, "1000", "1001", "default", "1000", "192.0.2.9"),
                new RecordRow.Stamps(NOON, Optional.empty(), NOON.plusSeconds(10)), 10, 0, "NO_ANSWER", "", "", RecordRow.Sound.NONE, "{}");
    }
}
