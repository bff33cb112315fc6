package io.jverto.switchboard.port;

import io.jverto.base.json.JsonValue.JsonObject;

/// A command of the API that takes and gives JSON, for `jsapi` (verto-wire.md section 7.4). Thread-safe.
public interface JsonCommand {
    String name();

    /// @param data the client's words
    /// @param client who asks, as the endpoint knows it (`sockData`, verto-wire.md section 7.4)
    /// @return the reply, also when the command fails; it has no key `result`
    JsonObject run(JsonObject data, JsonObject client);
}
