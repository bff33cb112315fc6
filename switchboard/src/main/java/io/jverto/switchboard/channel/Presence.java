package io.jverto.switchboard.channel;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells whoever hears `presence` how far the calls of the users are (verto-wire.md section 8.6): each change of state of a channel that
/// has a `presence_id`; and to whoever begins to hear it, how far they are now. Bounded by the number of channels. Thread-safe.
public final class Presence {
    /// States that a new hearer gets; they wait in its queue behind the reply.
    private static final int MAX_REPLAY = 500;
    private static final int MAX_COLUMNS = 16;
    private static final int MAX_COLUMN = 1_024;
    private static final String MAIN_CHANNEL = "presence";

    private final EventChannels events;
    private final boolean enabled;
    private final CoreEvents core;
    /// The last event of each channel. Its entry is locked while an event of the channel goes out, so that none overtakes another.
    private final ConcurrentHashMap<ChannelId, JsonObject> latest = new ConcurrentHashMap<>();

    /// @param enabled `enable-presence`
    /// @param core who is told of every channel's course, whoever it belongs to
    public Presence(EventChannels events, boolean enabled, CoreEvents core) {
        this.events = events;
        this.enabled = enabled;
        this.core = core;
        events.greeter(MAIN_CHANNEL, this::replay);
        if (enabled) {
            core.listen(new CoreEvents.Listener() {
                @Override
                public boolean wants(EventName name, String subclass) {
                    return name == EventName.PRESENCE_IN;
                }

                @Override
                public void onEvent(CoreEvent event) {
                    said(event);
                }
            });
        }
    }

    /// @return what the switch tells of all that happens in it
    public CoreEvents core() {
        return core;
    }

    /// On the channel's own thread.
    void changed(Channel channel, ChannelState before, ChannelState now) {
        CoreChannelEvents.changed(channel, before, now);
        if (enabled) {
            channel.variables().text("presence_id").ifPresent(user -> {
                JsonObject still = event(user, data(channel, user, now, now));
                latest.compute(channel.id(), (_, _) -> {
                    events.publish(event(user, data(channel, user, before, now)));
                    return now == ChannelState.ENDED ? null : still;
                });
            });
        }
    }

    /// What somebody says of himself, by a telephone or a dialplan; of a room's lamp its clients know by other means.
    private void said(CoreEvent event) {
        Optional<String> user = event.header("from").filter(from -> from.indexOf('@') > 0 && event.header("alt_event_type").isEmpty());
        user.ifPresent(from -> events.publish(event(from, new JsonObjectBuilder()
                .put("channelPresenceID", from)
                .put("status", event.header("status").orElse(""))
                .put("rpid", event.header("rpid").orElse(""))
                .putKnown("open", event.header("open").orElse(""))
                .build())));
    }

    // DEVIATION verto-18: the reference server repeats the states to all who hear the channel.
    private void replay(String cookie, String subscribed) {
        latest.keySet().stream()
                .filter(id -> subscribed.equals(MAIN_CHANNEL) || isOn(subscribed, latest.get(id)))
                .limit(MAX_REPLAY)
                .forEach(id -> latest.computeIfPresent(id, (_, event) -> {
                    events.publishTo(cookie, subscribed, event);
                    return event;
                }));
    }

    private static boolean isOn(String channel, @Nullable JsonObject event) {
        return event != null && event.string("eventChannel").filter(channel::equals).isPresent();
    }

    private static JsonObject event(String user, JsonObject data) {
        return new JsonObjectBuilder().put("data", data).put("eventChannel", MAIN_CHANNEL + "." + user).build();
    }

    private static JsonObject data(Channel channel, String user, ChannelState before, ChannelState now) {
        CallerProfile profile = channel.profile();
        JsonObjectBuilder data = new JsonObjectBuilder()
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
                .putKnown("channelPresenceData", shown(channel, "presence_data"));
        // The variables whose names stand there, separated by colons, each under its own name.
        channel.variables().text("presence_data_cols").stream()
                .flatMap(names -> Arrays.stream(names.split(":")))
                .map(String::trim)
                .limit(MAX_COLUMNS)
                .forEach(name -> data.putKnown("PD-" + name, shown(channel, name)));
        return data.build();
    }

    /// Everybody who hears of the call gets it, at each change.
    private static String shown(Channel channel, String variable) {
        String value = channel.variables().text(variable).orElse("");
        return value.substring(0, Math.min(MAX_COLUMN, value.length()));
    }
}
