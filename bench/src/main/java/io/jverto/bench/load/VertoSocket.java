package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonRpc;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// A Verto client's connection.
final class VertoSocket extends JsonSocket {
    private static final String AUTHENTICATION_REQUIRED = "-32000";

    private final String sessid = UUID.randomUUID().toString();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicLong lastId = new AtomicLong();
    private volatile BiConsumer<String, JsonObject> listener = (method, params) -> {};

    /// The server said no.
    static final class Refused extends IOException {
        private final String code;

        Refused(JsonObject error) {
            super(error.string("message").orElseGet(() -> JsonText.write(error)));
            this.code = error.get("code").map(JsonText::write).orElse("");
        }

        String code() {
            return code;
        }
    }

    @Override
    Optional<String> subprotocol() {
        return Optional.empty();
    }

    String sessid() {
        return sessid;
    }

    /// @param newListener gets the method and the parameters of each request of the server
    void listen(BiConsumer<String, JsonObject> newListener) {
        listener = newListener;
    }

    /// Like the old jQuery client (verto-wire.md section 3.5): asks without a password, is told to log in, logs in, and is ready
    /// when the server says so.
    CompletableFuture<Void> login(String user, String password) {
        return request("login", new JsonObjectBuilder())
                .handle((reply, problem) -> problem)
                .thenCompose(problem -> {
                    if (problem != null && !isLoginWanted(problem)) {
                        return CompletableFuture.failedFuture(problem);
                    }
                    return request("login", new JsonObjectBuilder()
                            .put("login", user)
                            .put("passwd", password)
                            .put("loginParams", JsonObject.EMPTY)
                            .put("userVariables", JsonObject.EMPTY));
                })
                .thenCompose(reply -> ready);
    }

    private static boolean isLoginWanted(Throwable problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return cause instanceof Refused refused && refused.code().equals(AUTHENTICATION_REQUIRED);
    }

    /// @return the result; fails with [Refused], or with an `IOException` when the connection ends before
    CompletableFuture<JsonObject> request(String method, JsonObjectBuilder params) {
        long id = lastId.incrementAndGet();
        return request(Long.toString(id), JsonRpc.request(id, method, params.put("sessid", sessid).build()));
    }

    @Override
    void onMessage(JsonObject message) {
        message.string("method").ifPresentOrElse(method -> onRequest(method, message), () -> onReply(message));
    }

    private void onRequest(String method, JsonObject message) {
        if (method.equals("verto.clientReady")) {
            ready.complete(null);
        } else if (!method.equals("verto.event")) {
            // Real clients confirm requests about calls, and nothing else.
            message.get("id").ifPresent(
                    id -> write(JsonRpc.result(id, new JsonObjectBuilder().put("method", method).build())));
        }
        listener.accept(method, message.object("params").orElse(JsonObject.EMPTY));
    }

    private void onReply(JsonObject message) {
        String id = message.get("id").map(value -> value instanceof JsonNumber number ? number.digits() : "").orElse("");
        answered(id).ifPresent(reply -> message.object("error").ifPresentOrElse(
                error -> reply.completeExceptionally(new Refused(error)),
                () -> reply.complete(message.object("result").orElse(JsonObject.EMPTY))));
    }

    @Override
    void abandon() {
        ready.completeExceptionally(new IOException("the server closed the connection"));
        super.abandon();
    }
}
