package io.jverto.switchboard.event;

import io.jverto.base.json.JsonValue.JsonObject;

/// The server's own listener for what clients broadcast on a channel (verto-wire.md section 8.4).
/// Called on the thread of the client's connection, after the reply; it must not wait.
@FunctionalInterface
public interface EventHandler {
    /// @param from who sent it
    /// @param channel the full name of the channel
    /// @param params what the client sent, with `userid`, `sessid` and `fromDisplay` set by the server
    void onBroadcast(Sender from, String channel, JsonObject params);

    /// A session that broadcasts.
    ///
    /// @param cookie the session's id
    /// @param userId `user@domain`
    /// @param displayName its name for others, empty when unknown
    record Sender(String cookie, String userId, String displayName) {}
}
