package io.jverto.switchboard.event;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.event.EventHandler.Sender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The live arrays of one main channel by their channels, and what clients ask of them (verto-wire.md section 9.4.4). Thread-safe.
public final class LiveArrays {
    private final EventChannels events;
    private final Map<String, LiveArray> arrays = new ConcurrentHashMap<>();

    /// @param mainChannel of all of them, for instance `conference-liveArray`
    public LiveArrays(EventChannels events, String mainChannel) {
        this.events = events;
        events.handler(mainChannel, this::onCommand);
    }

    /// Makes an empty array. One that the channel had before is nobody's any more.
    ///
    /// @param name the array's own name, by which clients know it
    public LiveArray open(String channel, String name) {
        LiveArray array = new LiveArray(events, channel, name);
        arrays.put(channel, array);
        return array;
    }

    /// The end of an array: clients forget its rows.
    public void close(LiveArray array) {
        arrays.remove(array.channel(), array);
        array.clear();
    }

    /// Gives one session the array anew, after it may have lost changes (verto-wire.md section 9.4.6).
    public void resync(String channel, String cookie) {
        LiveArray array = arrays.get(channel);
        if (array != null) {
            array.resync(cookie);
        }
    }

    private void onCommand(Sender from, String channel, JsonObject params) {
        JsonObject command = params.object("data").flatMap(data -> data.object("liveArray")).orElse(JsonObject.EMPTY);
        if (!command.string("command").orElse("").equals("bootstrap")) {
            return; // `heartbeat`, `changepage` and the like mean nothing here
        }
        LiveArray array = arrays.get(channel);
        if (array != null) {
            array.boot(from.cookie());
        } else {
            events.send(from.cookie(), LiveArray.boot(channel, command.string("name").orElse(""), List.of(), from.cookie()));
        }
    }
}
