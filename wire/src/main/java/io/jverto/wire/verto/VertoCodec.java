package io.jverto.wire.verto;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.wire.jsonrpc.JsonRpc;
import io.jverto.wire.jsonrpc.JsonRpcMessage;
import io.jverto.wire.jsonrpc.JsonText;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import java.util.List;

/// Frames to requests, replies and messages to frames. Stateless.
public final class VertoCodec {
    private VertoCodec() {}

    public static Incoming decode(String text) {
        return incoming(JsonRpc.decode(text));
    }

    /// A reply as an element of a batch, or to be written by [#encode(JsonObject)].
    ///
    /// @param sessionId added to results as last key; empty for none (verto-wire.md section 2.1)
    public static JsonObject reply(JsonValue id, VertoReply reply, String sessionId) {
        return switch (reply) {
            case VertoReply.Result result -> JsonRpc.result(id, withSession(VertoReplyWriter.result(result), sessionId));
            case VertoReply.Failure failure -> JsonRpc.error(id, VertoReplyWriter.failure(failure));
        };
    }

    /// The same, with the params that the client wants to see again (verto-wire.md section 2.5).
    public static JsonObject reply(Incoming.Call call, VertoReply reply, String sessionId) {
        if (call.echo() == JsonLiteral.NULL || !(reply instanceof VertoReply.Result result)) {
            return reply(call.id(), reply, sessionId);
        }
        JsonObject echoed =
                new JsonObjectBuilder().putAll(VertoReplyWriter.result(result)).put("requestParams", call.echo()).build();
        return JsonRpc.result(call.id(), withSession(echoed, sessionId));
    }

    /// @return the reply to text that is no JSON
    public static JsonObject unreadable() {
        return JsonRpc.unreadable(VertoReplyWriter.failure(VertoReply.Refusal.UNREADABLE));
    }

    public static String encode(JsonObject reply) {
        return JsonText.write(reply);
    }

    public static String encode(List<JsonObject> batch) {
        return JsonText.write(new JsonArray(List.copyOf(batch)));
    }

    /// @param id of our request
    public static String encode(long id, VertoMessage message) {
        return JsonText.write(
                JsonRpc.request(id, VertoMessageWriter.method(message), VertoMessageWriter.params(message)));
    }

    private static Incoming incoming(JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcMessage.Request request ->
                new Incoming.Call(
                        request.id(),
                        request.method(),
                        VertoParamsReader.login(request),
                        VertoRequestReader.read(request),
                        VertoParamsReader.echo(request.params()));
            case JsonRpcMessage.Response _ -> new Incoming.Ignored();
            case JsonRpcMessage.Invalid invalid -> new Incoming.Rejected(invalid.id());
            case JsonRpcMessage.Unreadable _ -> new Incoming.Unreadable();
            case JsonRpcMessage.Batch batch ->
                new Incoming.Batch(
                        batch.messages().stream().map(VertoCodec::incoming).toList());
        };
    }

    private static JsonObject withSession(JsonObject result, String sessionId) {
        if (sessionId.isEmpty()) {
            return result;
        }
        // Last key, in place of one that an echo may have brought along.
        JsonObjectBuilder builder = new JsonObjectBuilder();
        result.members().forEach((key, value) -> {
            if (!key.equals("sessid")) {
                builder.put(key, value);
            }
        });
        return builder.put("sessid", sessionId).build();
    }
}
