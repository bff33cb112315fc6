package io.jverto.switchboard.channel;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.CallerProfile;

/// Tells whoever hears `presence` how far the calls of the users are (verto-wire.md section 8.6): each change of state of a channel that
/// has a `presence_id`. Thread-safe.
///
/// @param enabled `enable-presence`
public record Presence(EventChannels events, boolean enabled) {
    private static final String MAIN_CHANNEL = "presence";

    /// On the channel's own thread.
    void changed(Channel channel, ChannelState before, ChannelState now) {
        if (enabled) {
            channel.variables().text("presence_id").ifPresent(user -> events.publish(new JsonObjectBuilder()
                    .put("data", data(channel, user, before, now))
                    .put("eventChannel", MAIN_CHANNEL + "." + user)
                    .build()));
        }
    }

    private static JsonObject data(Channel channel, String user, ChannelState before, ChannelState now) {
        CallerProfile profile = channel.profile();
        return new JsonObjectBuilder()
                .put("channelCallState", now.callState())
                .put("originalChannelCallState", before.callState())
                .put("channelState", now.stateName())
                .putKnown("callerUserName", profile.username())
                .putKnown("callerIDName", profile.callerName())
                .putKnown("callerIDNumber", profile.callerNumber())
                .putKnown("calleeIDName", profile.calleeName())
                .putKnown("calleeIDNumber", profile.calleeNumber())
                .put("channelUUID", channel.id().value())
                .put("presenceCallDirection", channel.outbound() ? "outbound" : "inbound")
                .put("channelPresenceID", user)
                .build();
    }
}
