package io.jverto.wire.jsonrpc;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.wire.jsonrpc.JsonRpcMessage.Batch;
import io.jverto.wire.jsonrpc.JsonRpcMessage.Invalid;
import io.jverto.wire.jsonrpc.JsonRpcMessage.Request;
import io.jverto.wire.jsonrpc.JsonRpcMessage.Response;
import io.jverto.wire.jsonrpc.JsonRpcMessage.Unreadable;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import java.util.Optional;

/// The JSON-RPC envelope: frames to messages, and replies and requests with the reference server's key order
/// (verto-wire.md sections 2.1, 2.2, 2.6, 2.7).
public final class JsonRpc {
    /// Members of one batch. No known client sends batches; without a limit a short one could ask for a very long reply.
    public static final int MAX_BATCH = 100;

    private static final String VERSION = "2.0";

    private JsonRpc() {}

    public static JsonRpcMessage decode(String text) {
        Optional<JsonValue> value = JsonText.parse(text);
        if (value.isEmpty()) {
            return new Unreadable();
        }
        if (value.get() instanceof JsonArray array) {
            return array.items().size() > MAX_BATCH
                    ? new Unreadable()
                    : new Batch(array.items().stream().map(JsonRpc::one).toList());
        }
        return one(value.get());
    }

    /// @return a reply that carries a result
    public static JsonObject result(JsonValue id, JsonObject result) {
        return new JsonObjectBuilder()
                .put("jsonrpc", VERSION)
                .put("id", id)
                .put("result", result)
                .build();
    }

    /// @return a reply that carries an error
    public static JsonObject error(JsonValue id, JsonObject error) {
        return new JsonObjectBuilder()
                .put("jsonrpc", VERSION)
                .put("id", id)
                .put("error", error)
                .build();
    }

    /// @return the reply to text that is no JSON; its `id` stands last (verto-wire.md section 2.2)
    public static JsonObject unreadable(JsonObject error) {
        return new JsonObjectBuilder()
                .put("jsonrpc", VERSION)
                .put("error", error)
                .put("id", JsonLiteral.NULL)
                .build();
    }

    /// @return a request of ours
    public static JsonObject request(long id, String method, JsonObject params) {
        return new JsonObjectBuilder()
                .put("jsonrpc", VERSION)
                .put("id", id)
                .put("method", method)
                .put("params", params)
                .build();
    }

    private static JsonRpcMessage one(JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            return new Invalid(JsonLiteral.NULL);
        }
        JsonValue id = object.get("id").orElse(JsonLiteral.NULL);
        if (object.string("jsonrpc").filter(VERSION::equals).isEmpty()) {
            return new Invalid(id);
        }
        Optional<String> method = object.string("method");
        // An error without a method is an answer too; the reference server replies to it with another error.
        if (object.get("result").isPresent() || (method.isEmpty() && object.get("error").isPresent())) {
            return new Response();
        }
        return new Request(
                id,
                method.orElse(""),
                object.get("params").isPresent(),
                object.object("params").orElse(JsonObject.EMPTY));
    }
}
