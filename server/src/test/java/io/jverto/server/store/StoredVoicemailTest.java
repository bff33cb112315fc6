package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore.VoiceMessage;
import io.jverto.testkit.time.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What is known of voice messages over a restart, on H2 and, where there is one, on PostgreSQL (see [PostgresqlTest]).
class StoredVoicemailTest {
    private static final UserId ADA = new UserId("ada", "example.org");
    private static final UserId BOB = new UserId("bob", "example.org");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path temp;

    private static VoiceMessage message(String id, int second) {
        return new VoiceMessage(id, NOON.plusSeconds(second), "Größe '; --", "1000", 7, second % 2 == 1, false);
    }

    @Test
    void keepsMarksAndForgetsOverARestart() {
        keepsMarksAndForgets(new DatabaseLocation.Embedded(temp.resolve("db")), new VirtualTime());
    }

    @Test
    @EnabledIfSystemProperty(named = "jverto.test.postgresql", matches = "jdbc:postgresql:.*")
    void doesSoOnPostgresql() {
        keepsMarksAndForgets(new DatabaseLocation.Named(System.getProperty("jverto.test.postgresql", "")), new SystemTime());
    }

    private static void keepsMarksAndForgets(DatabaseLocation location, TimeSource time) {
        try (Database database = new Database(location, time)) {
            StoredVoicemail store = new StoredVoicemail(database);
            assertThat(store.of(ADA)).hasValue(List.of());
            assertThat(store.add(ADA, message("b", 1))).isTrue();
            assertThat(store.add(ADA, message("a", 0))).isTrue();
            assertThat(store.add(BOB, message("c", 0))).isTrue();
            assertThat(store.add(BOB, message("c", 0))).as("a second of the same id").isFalse();
        }
        try (Database database = new Database(location, time)) {
            StoredVoicemail store = new StoredVoicemail(database);
            assertThat(store.of(ADA)).hasValue(List.of(message("a", 0), message("b", 1)));
            assertThat(store.markSaved(ADA, "a")).isTrue();
            assertThat(store.markSaved(ADA, "c")).as("somebody else's").isFalse();
            assertThat(store.delete(ADA, "c")).isFalse();
            assertThat(store.delete(ADA, "b")).isTrue();
            assertThat(store.of(ADA).orElseThrow()).singleElement().satisfies(one -> assertThat(one.saved()).isTrue());
            assertThat(store.of(BOB).orElseThrow()).hasSize(1);
            assertThat(store.password(ADA)).hasValue("");
            assertThat(store.password(ADA, "1234")).isTrue();
            assertThat(store.password(ADA, "5678")).isTrue();
            assertThat(store.password(ADA)).hasValue("5678");
            assertThat(store.password(BOB)).hasValue("");
            store.delete(ADA, "a");
            store.delete(BOB, "c");
        }
    }

    @Test
    void saysThatItCannotBeUsed() throws Exception {
        Path file = Files.createFile(temp.resolve("db"));
        try (Database database = new Database(new DatabaseLocation.Embedded(file), new VirtualTime())) {
            StoredVoicemail store = new StoredVoicemail(database);
            assertThat(store.of(ADA)).isEmpty();
            assertThat(store.add(ADA, message("a", 0))).isFalse();
            assertThat(store.markSaved(ADA, "a")).isFalse();
            assertThat(store.delete(ADA, "a")).isFalse();
            assertThat(store.password(ADA)).isEmpty();
            assertThat(store.password(ADA, "1")).isFalse();
        }
    }
}
