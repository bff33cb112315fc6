package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageStore.Kept;
import io.jverto.switchboard.port.UserId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The same tables and questions on PostgreSQL, where there is one: `-Djverto.test.postgresql=jdbc:postgresql://...`, an empty database.
@EnabledIfSystemProperty(named = "jverto.test.postgresql", matches = "jdbc:postgresql:.*")
class PostgresqlTest {
    private static final UserId ADA = new UserId("ada", "example.org");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void keepsCountsReadsAndForgetsAsTheEmbeddedOneDoes() {
        try (StoredMessages store = store()) {
            assertThat(store.waiting(NOON)).hasValue(Map.of());
            assertThat(store.keep(ADA, NOON, message("Größe \uD83D\uDE00 '; --"))).isTrue();
            assertThat(store.keep(ADA, NOON.plusMillis(1), message("two"))).isTrue();
        }
        try (StoredMessages again = store()) {
            assertThat(again.waiting(NOON)).hasValue(Map.of(ADA, 2));
            assertThat(again.of(ADA)).extracting(Kept::message).containsExactly(message("Größe \uD83D\uDE00 '; --"), message("two"));
            again.forget(ADA, again.of(ADA).getFirst().number());
            assertThat(again.of(ADA)).extracting(Kept::at).containsExactly(NOON.plusMillis(1));
            assertThat(again.waiting(NOON.plusSeconds(1))).hasValue(Map.of());
        }
    }

    private static StoredMessages store() {
        String url = System.getProperty("jverto.test.postgresql", "");
        return new StoredMessages(new Database(new DatabaseLocation.Named(url), new SystemTime()));
    }

    private static ChatMessage message(String body) {
        return new ChatMessage(Map.of("body", body));
    }
}
