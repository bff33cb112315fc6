package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageStore.Kept;
import io.jverto.switchboard.port.UserId;
import io.jverto.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Messages and the database itself on a real PostgreSQL server.
class PostgresqlTest {
    private static final UserId ADA = new UserId("ada", "example.org");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DatabaseLocation location = new DatabaseLocation.Named(TestPostgresql.newDatabase());
    private final VirtualTime time = new VirtualTime();

    @Test
    void keepsCountsReadsAndForgetsAsTheEmbeddedOneDoes() {
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            assertThat(store.waiting(NOON)).hasValue(Map.of());
            assertThat(store.keep(ADA, NOON, message("Größe \uD83D\uDE00 '; --"))).isTrue();
            assertThat(store.keep(ADA, NOON.plusMillis(1), message("two"))).isTrue();
        }
        try (Database database = database(); StoredMessages again = new StoredMessages(database)) {
            assertThat(again.waiting(NOON)).hasValue(Map.of(ADA, 2));
            assertThat(again.of(ADA)).extracting(Kept::message).containsExactly(message("Größe \uD83D\uDE00 '; --"), message("two"));
            again.forget(ADA, again.of(ADA).getFirst().number());
            assertThat(again.of(ADA)).extracting(Kept::at).containsExactly(NOON.plusMillis(1));
            assertThat(again.waiting(NOON.plusSeconds(1))).hasValue(Map.of());
        }
    }

    @Test
    void whenItsServerCrashesAndComesBackWhatWasKeptIsThereAndMoreCanBe() {
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            assertThat(store.keep(ADA, NOON, message("one"))).isTrue();
            TestPostgresql.crash();
            assertThat(store.keep(ADA, NOON, message("lost"))).isFalse();
            TestPostgresql.comeBack();
            assertThat(store.keep(ADA, NOON, message("too early"))).as("it is not tried every time").isFalse();
            time.advance(Duration.ofSeconds(31));

            assertThat(store.keep(ADA, NOON, message("two"))).isTrue();
            assertThat(store.of(ADA)).extracting(Kept::message).containsExactly(message("one"), message("two"));
        }
    }

    @Test
    void manyUseItAtTheSameTime() throws InterruptedException {
        try (Database database = database(); StoredMessages store = new StoredMessages(database)) {
            List<Thread> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String body = "message " + i;
                all.add(Thread.ofVirtual().start(() -> store.keep(ADA, NOON, message(body))));
            }
            for (Thread one : all) {
                one.join();
            }

            assertThat(store.waiting(NOON)).hasValue(Map.of(ADA, 100));
        }
    }

    private Database database() {
        return new Database(location, time);
    }

    private static ChatMessage message(String body) {
        return new ChatMessage(Map.of("body", body));
    }
}
