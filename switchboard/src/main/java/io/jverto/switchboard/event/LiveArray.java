package io.jverto.switchboard.event;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows by key, in order, that every subscriber of a channel has a copy of (verto-wire.md section 9.4). Each change has the next serial
/// and goes to all; the monitor is held meanwhile, so that nobody sees 7 before 6, or a boot that lacks what went before it.
/// Thread-safe; at most [#MAX_ROWS] rows.
public final class LiveArray {
    static final int MAX_ROWS = 10_000;
    /// Take it whatever was before, and do not count it.
    private static final long UNCOUNTED = -1;

    private final EventChannels events;
    private final String channel;
    private final String name;
    private final Map<String, JsonValue> rows = new LinkedHashMap<>();
    private long serial;

    LiveArray(EventChannels events, String channel, String name) {
        this.events = events;
        this.channel = channel;
        this.name = name;
    }

    public String channel() {
        return channel;
    }

    public String name() {
        return name;
    }

    /// Puts a row behind the others; one that is there already is changed in its place.
    public synchronized void add(String key, JsonValue row) {
        if (rows.containsKey(key)) {
            modify(key, row);
        } else if (rows.size() >= MAX_ROWS) {
            events.counters().increment(EventCount.ROWS_OVER_LIMIT);
        } else {
            int index = rows.size();
            rows.put(key, row);
            send(new JsonObjectBuilder()
                    .put("action", "add")
                    .put("arrIndex", index)
                    .put("name", name)
                    .put("hashKey", key)
                    .put("wireSerno", ++serial)
                    .put("data", row));
        }
    }

    /// Changes a row. Does nothing when there is none.
    public synchronized void modify(String key, JsonValue row) {
        if (rows.replace(key, row) != null) {
            send(new JsonObjectBuilder()
                    .put("action", "modify")
                    .put("name", name)
                    .put("hashKey", key)
                    .put("wireSerno", ++serial)
                    .put("data", row));
        }
    }

    /// Takes a row out. Does nothing when there is none.
    public synchronized void del(String key) {
        JsonValue row = rows.remove(key);
        if (row != null) {
            send(new JsonObjectBuilder()
                    .put("name", name)
                    .put("action", "del")
                    .put("hashKey", key)
                    .put("wireSerno", ++serial)
                    .put("data", row));
        }
    }

    /// Takes all rows out, and lets serials begin again. Does nothing when there has been no change since the last time.
    public synchronized void clear() {
        if (serial == 0) {
            return;
        }
        rows.clear();
        serial = 0;
        send(cleared());
    }

    /// Gives one session all rows.
    public synchronized void boot(String cookie) {
        events.send(cookie, boot(channel, name, pairs(), cookie));
    }

    /// A client that missed a change never takes another; only a `clear` makes it listen again (verto-wire.md section 9.4.6).
    public synchronized void resync(String cookie) {
        events.send(cookie, direct(channel, cleared(), cookie));
        boot(cookie);
    }

    static JsonObject boot(String channel, String name, List<JsonValue> pairs, String cookie) {
        JsonObjectBuilder data = new JsonObjectBuilder()
                .put("action", "bootObj")
                .put("name", name)
                .put("wireSerno", UNCOUNTED)
                .put("data", new JsonArray(pairs));
        return direct(channel, data, cookie);
    }

    private JsonObjectBuilder cleared() {
        return new JsonObjectBuilder()
                .put("action", "clear")
                .put("name", name)
                .put("wireSerno", UNCOUNTED)
                .put("data", JsonObject.EMPTY);
    }

    private List<JsonValue> pairs() {
        return rows.entrySet().stream()
                .<JsonValue>map(row -> new JsonArray(List.of(new JsonString(row.getKey()), row.getValue())))
                .toList();
    }

    private void send(JsonObjectBuilder data) {
        events.publish(new JsonObjectBuilder().put("data", data.build()).put("eventChannel", channel).build());
    }

    private static JsonObject direct(String channel, JsonObjectBuilder data, String cookie) {
        return new JsonObjectBuilder().put("data", data.build()).put("eventChannel", channel).put("sessid", cookie).build();
    }
}
