package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A client of Janus's WebSocket API, with one session.
final class JanusSocket extends JsonSocket {
    private final AtomicLong lastTransaction = new AtomicLong();
    private volatile BiConsumer<JsonValue, String> onHangup = (handle, reason) -> {};
    private volatile @Nullable JsonValue session;

    @Override
    Optional<String> subprotocol() {
        return Optional.of("janus-protocol");
    }

    /// @param listener gets the handle whose connection is gone, and why
    void whenHungUp(BiConsumer<JsonValue, String> listener) {
        onHangup = listener;
    }

    /// @return done when the session is there
    CompletableFuture<Void> begin() {
        return ask(new JsonObjectBuilder().put("janus", "create"))
                .thenAccept(reply -> session = reply.object("data").flatMap(data -> data.get("id")).orElse(null));
    }

    /// Asks, within the session if there is one. An acknowledgement is no reply: the event that follows it is.
    ///
    /// @return the reply; fails with what Janus says is wrong
    CompletableFuture<JsonObject> ask(JsonObjectBuilder message) {
        String transaction = Long.toString(lastTransaction.incrementAndGet());
        JsonValue id = session;
        if (id != null) {
            message.put("session_id", id);
        }
        return request(transaction, message.put("transaction", transaction).build());
    }

    @Override
    void onMessage(JsonObject message) {
        if (message.string("janus").filter("hangup"::equals).isPresent()) {
            message.get("sender").ifPresent(handle -> onHangup.accept(handle, message.string("reason").orElse("no reason")));
        } else if (message.string("janus").filter("ack"::equals).isEmpty()) {
            message.string("transaction").flatMap(this::answered).ifPresent(reply -> problem(message).ifPresentOrElse(
                    problem -> reply.completeExceptionally(new IOException("Janus: " + problem)), () -> reply.complete(message)));
        }
    }

    private static Optional<String> problem(JsonObject message) {
        return message.object("error")
                .map(error -> error.string("reason").orElseGet(() -> JsonText.write(error)))
                .or(() -> message.object("plugindata").flatMap(plugin -> plugin.object("data")).flatMap(data -> data.string("error")));
    }
}
