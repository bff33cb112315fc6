package io.jverto.wire.jsonrpc;

import io.jverto.base.json.JsonValue;
import java.util.List;

/// What a text frame turned out to be (verto-wire.md section 2.2).
public sealed interface JsonRpcMessage {
    /// Something to be answered.
    ///
    /// @param id any JSON, echoed unchanged; null when there was none
    /// @param method empty when there was none
    /// @param hasParams whether `params` was there, whatever its type
    /// @param params its keys; none when it was missing or no object
    record Request(JsonValue id, String method, boolean hasParams, JsonValue.JsonObject params) implements JsonRpcMessage {}

    /// An answer to a request of ours, good or bad. Nobody waits for it.
    record Response() implements JsonRpcMessage {}

    /// An object of another protocol, or no object at all.
    record Invalid(JsonValue id) implements JsonRpcMessage {}

    /// No JSON, or JSON beyond the limits.
    record Unreadable() implements JsonRpcMessage {}

    /// Several at once.
    record Batch(List<JsonRpcMessage> messages) implements JsonRpcMessage {
        public Batch {
            messages = List.copyOf(messages);
        }
    }
}
