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

/// Commands that ask a client for other media in mid-call (verto-wire.md section 5.10, dialplan-directory.md section 14.3).
public final class MediaCommands {
    private static final String NO_CHANNEL = "-ERR No such channel!\n";
    private static final int MAX_PARAMS = 65_536;

    private final Services services;

    private MediaCommands(Services services) {
        this.services = services;
    }

    public static List<ApiCommand> of(Services services) {
        MediaCommands commands = new MediaCommands(services);
        return List.of(
                ApiCommand.of("uuid_media_params", commands::params), ApiCommand.of("uuid_media_reneg", commands::renegotiate));
    }

    /// `<uuid> <json>`: what the client's media should be like.
    private String params(String arguments) {
        String[] words = arguments.split(" +", 2);
        Optional<JsonObject> wanted = words.length < 2 || words[1].length() > MAX_PARAMS
                ? Optional.empty()
                : JsonText.parse(words[1]).flatMap(JsonValue::asObject);
        if (wanted.isEmpty()) {
            return "-USAGE: <uuid> <json object>\n";
        }
        return services.calls().ofServer(words[0])
                .map(call -> call.mediaParams(wanted.get()) ? "+OK\n" : "-ERR Operation failed\n")
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
        return offered ? "+OK\n" : "-ERR Operation failed\n";
    }
}
