package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageStore.Kept;
import io.jverto.switchboard.port.UserId;
import io.jverto.testkit.log.LogLines;
import io.jverto.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredMessagesTest {
    private static final UserId ADA = new UserId("ada", "example.org");
    private static final UserId BOB = new UserId("bob", "example.org");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path temp;

    private final VirtualTime time = new VirtualTime();
    private final LogLines logged = LogLines.of(Database.class, Level.INFO);

    @AfterEach
    void listensNoMore() {
        logged.close();
    }

    @Test
    void keepsMessagesInOrderWithAllTheirFieldsOverARestart() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("from", "bob@example.org");
        fields.put("to", "ada@example.org");
        fields.put("body", "Größe \uD83D\uDE00 '; DROP TABLE kept_message; --\n\"x\"");
        fields.put("from_msg_name", "");
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            assertThat(store.keep(ADA, NOON, new ChatMessage(fields))).isTrue();
            assertThat(store.keep(BOB, NOON, message("for Bob"))).isTrue();
            assertThat(store.keep(ADA, NOON.plusMillis(1), message("two"))).isTrue();
        }

        try (Database database = database(); StoredMessages again = new StoredMessages(database)) {
            assertThat(again.waiting(NOON)).hasValue(Map.of(ADA, 2, BOB, 1));
            List<Kept> kept = again.of(ADA);
            assertThat(kept).extracting(Kept::message).containsExactly(new ChatMessage(fields), message("two"));
            assertThat(kept.getFirst().message().fields().keySet()).containsExactly("from", "to", "body", "from_msg_name");
            assertThat(kept).extracting(Kept::at).containsExactly(NOON, NOON.plusMillis(1));
            assertThat(kept.getLast().number()).isGreaterThan(kept.getFirst().number());
        }
        assertThat(logged.events()).isEmpty();
    }

    @Test
    void whatIsKeptIsInTheFileAtOnceAsAServerThatIsKilledFindsIt() throws IOException {
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            store.keep(ADA, NOON, message("one"));
            Files.createDirectories(temp.resolve("killed"));
            Files.copy(temp.resolve("db/jverto.mv.db"), temp.resolve("killed/jverto.mv.db"));
        }

        try (Database killed = new Database(new DatabaseLocation.Embedded(temp.resolve("killed")), time); StoredMessages again = new StoredMessages(killed)) {
            assertThat(again.waiting(NOON)).hasValue(Map.of(ADA, 1));
        }
    }

    @Test
    void forgetsWhatWasDeliveredAndWhatIsTooOld() {
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            store.keep(ADA, NOON, message("one"));
            store.keep(ADA, NOON, message("two"));
            store.keep(ADA, NOON.plusSeconds(1), message("three"));
            store.keep(BOB, NOON, message("old"));

            store.forget(ADA, store.of(ADA).getFirst().number());
            assertThat(store.of(ADA)).extracting(kept -> kept.message().fields().get("body")).containsExactly("two", "three");

            assertThat(store.waiting(NOON.plusSeconds(1))).hasValue(Map.of(ADA, 1));
            assertThat(store.of(BOB)).isEmpty();
        }
    }

    @Test
    void nobodyElseOnTheMachineCanReadIt() throws IOException {
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            store.keep(ADA, NOON, message("one"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("db")))).isEqualTo("rwx------");
    }

    @Test
    void aDatabaseThatCannotBeOpenedIsLoggedOnceAndTriedAgain() throws IOException {
        Files.writeString(temp.resolve("db"), "in the way");
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            assertThat(store.keep(ADA, NOON, message("lost"))).isFalse();
            time.advance(Duration.ofSeconds(31));
            assertThat(store.waiting(NOON)).isEmpty();
            assertThat(store.of(ADA)).isEmpty();
            assertThat(logged.events()).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getFormattedMessage()).contains("disk is full", temp.resolve("db").toString());
            });

            Files.delete(temp.resolve("db"));
            assertThat(store.keep(ADA, NOON, message("too early"))).isFalse();
            time.advance(Duration.ofSeconds(31));
            assertThat(store.keep(ADA, NOON, message("kept"))).isTrue();
            assertThat(logged.events()).hasSize(2).last().satisfies(event -> assertThat(event.getFormattedMessage()).contains("again"));
        }
    }

    @Test
    void aDamagedFileIsLoggedAndLeftAlone() throws IOException {
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            store.keep(ADA, NOON, message("one"));
        }
        Path file = temp.resolve("db/jverto.mv.db");
        Files.write(file, new byte[8_192]);

        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            assertThat(store.keep(ADA, NOON, message("lost"))).isFalse();
        }

        assertThat(logged.events()).singleElement().satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.ERROR));
        assertThat(file).hasSize(8_192);
    }

    @Test
    void aDatabaseServerThatIsNotThereIsLoggedWithoutItsPassword() {
        DatabaseLocation nowhere = new DatabaseLocation.Named("jdbc:postgresql://127.0.0.1:1/jverto?user=u&password=secret");
        try (Database database = new Database(nowhere, time); StoredMessages store = new StoredMessages(database)) {
            assertThat(store.waiting(NOON)).isEmpty();
        }

        assertThat(logged.events()).singleElement().satisfies(event ->
                assertThat(event.getFormattedMessage()).contains("core-db-dsn").doesNotContain("secret"));
        assertThat(nowhere.toString()).doesNotContain("secret");
    }

    @Test
    void afterTheEndNothingIsWritten() {
        try (Database database = database()) {
            StoredMessages store = new StoredMessages(database);
            store.close();

            assertThat(store.keep(ADA, NOON, message("late"))).isFalse();
        }
        assertThat(logged.events()).isEmpty();
    }

    private Database database() {
        return new Database(new DatabaseLocation.Embedded(temp.resolve("db")), time);
    }

    private static ChatMessage message(String body) {
        return new ChatMessage(Map.of("body", body));
    }
}
