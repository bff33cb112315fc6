package io.jverto.verto.endpoint;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallRef;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.present.Call;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.List;
import java.util.Optional;

/// Commands that say something to the client of a call: other media, words (verto-wire.md sections 5.10 and 6.4, dialplan-directory.md
/// section 14.3).
public final class ClientCommands {
    private static final String NO_CHANNEL = "-ERR No such channel!\n";
    private static final String FAILED = "-ERR Operation failed\n";
    private static final int MAX_TEXT = 65_536;

    private final Services services;

    private ClientCommands(Services services) {
        this.services = services;
    }

    public static List<ApiCommand> of(Services services) {
        ClientCommands commands = new ClientCommands(services);
        return List.of(
                ApiCommand.of("uuid_media_params", commands::params),
                ApiCommand.of("uuid_media_reneg", commands::renegotiate),
                ApiCommand.of("uuid_chat", commands::chat));
    }

    /// `<uuid> <json>`: what the client's media should be like.
    private String params(String arguments) {
        String[] words = arguments.split(" +", 2);
        Optional<JsonObject> wanted = words.length < 2 || words[1].length() > MAX_TEXT
                ? Optional.empty()
                : JsonText.parse(words[1]).flatMap(JsonValue::asObject);
        if (wanted.isEmpty()) {
            return "-USAGE: <uuid> <json object>\n";
        }
        return services.calls().ofServer(words[0])
                .map(call -> call.mediaParams(wanted.get()) ? "+OK\n" : FAILED)
                .orElse(NO_CHANNEL);
    }

    // DEVIATION api-1: only this call is offered again, and it goes on while its client has not answered.
    private String renegotiate(String uuid) {
        if (uuid.isEmpty() || uuid.contains(" ")) {
            return "-USAGE: <uuid>\n";
        }
        Optional<Call> call = services.calls().ofServer(uuid);
        if (call.isEmpty()) {
            return NO_CHANNEL;
        }
        boolean offered = services.control().find(call.get().id()).flatMap(CallRef::reoffer).filter(call.get()::attach).isPresent();
        return offered ? "+OK\n" : FAILED;
    }

    /// `<uuid> <text>`: a message inside the call, from the user's domain.
    private String chat(String arguments) {
        String[] words = arguments.split(" +", 2);
        if (words.length < 2 || words[1].length() > MAX_TEXT) {
            return "-USAGE: <uuid> <text>\n";
        }
        return services.calls().ofServer(words[0])
                .map(call -> call.chat(words[1]) ? "+OK\n" : FAILED)
                .orElse(NO_CHANNEL);
    }
}
