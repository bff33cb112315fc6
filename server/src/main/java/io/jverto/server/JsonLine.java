package io.jverto.server;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.JsonCommand;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.Optional;

/// `json {"command":"...","data":{...}}`: the commands of `jsapi` for whoever has lines alone (dialplan-directory.md section 14.1).
final class JsonLine {
    private JsonLine() {}

    /// The reply is what was asked, with `status`, `success` or `error`, and `response` or `message`.
    static ApiCommand of(Commands commands) {
        return ApiCommand.of("json", line -> JsonText.parse(line).flatMap(JsonValue::asObject)
                .map(request -> JsonText.write(answered(commands, request)) + "\n")
                .orElse("-USAGE: json {\"command\":\"<name>\",\"data\":{...}}\n"));
    }

    private static JsonObject answered(Commands commands, JsonObject request) {
        JsonObjectBuilder reply = new JsonObjectBuilder().putAll(request);
        Optional<JsonCommand> command = request.string("command").flatMap(commands::findJson);
        return command.isEmpty()
                ? reply.put("status", "error").put("message", "there is no such command").build()
                : reply.put("status", "success")
                        .put("response", command.get().run(request.object("data").orElse(JsonObject.EMPTY), JsonObject.EMPTY))
                        .build();
    }
}
