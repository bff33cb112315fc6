package io.jverto.server.store;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageStore;
import io.jverto.switchboard.port.UserId;
import io.jverto.wire.jsonrpc.JsonText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Messages that wait, in the database, which others use too and somebody else closes.
public final class StoredMessages implements MessageStore {
    private final Database database;
    private volatile boolean closed;

    public StoredMessages(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Map<UserId, Integer>> waiting(Instant notBefore) {
        return with(handle -> {
            handle.execute("DELETE FROM kept_message WHERE written_millis < ?", notBefore.toEpochMilli());
            Map<UserId, Integer> counts = new LinkedHashMap<>();
            handle.createQuery("SELECT user_id, user_domain, COUNT(*) FROM kept_message GROUP BY user_id, user_domain")
                    .map((row, _) -> counts.put(new UserId(row.getString(1), row.getString(2)), row.getInt(3)) == null)
                    .list();
            return counts;
        });
    }

    @Override
    public boolean keep(UserId to, Instant at, ChatMessage message) {
        return with(handle -> handle.execute(
                                "INSERT INTO kept_message (user_id, user_domain, written_millis, fields) VALUES (?, ?, ?, ?)",
                                to.user(),
                                to.domain(),
                                at.toEpochMilli(),
                                JsonText.write(new JsonObjectBuilder().putAll(message.fields()).build())))
                .isPresent();
    }

    @Override
    public List<Kept> of(UserId user) {
        return with(handle -> handle.createQuery("SELECT number, written_millis, fields FROM kept_message"
                                + " WHERE user_id = ? AND user_domain = ? ORDER BY number")
                        .bind(0, user.user())
                        .bind(1, user.domain())
                        .map((row, _) -> new Kept(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), message(row.getString(3))))
                        .list())
                .orElse(List.of());
    }

    @Override
    public void forget(UserId user, long last) {
        with(handle -> handle.execute(
                "DELETE FROM kept_message WHERE user_id = ? AND user_domain = ? AND number <= ?", user.user(), user.domain(), last));
    }

    @Override
    public void close() {
        closed = true;
    }

    private <T> Optional<T> with(Function<Handle, T> work) {
        return closed ? Optional.empty() : database.with(work);
    }

    private static ChatMessage message(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        JsonText.parse(text).flatMap(JsonValue::asObject).ifPresent(object ->
                object.members().forEach((name, value) -> value.asString().ifPresent(string -> fields.put(name, string))));
        return new ChatMessage(fields);
    }
}
