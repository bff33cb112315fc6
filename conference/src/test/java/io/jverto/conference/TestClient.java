package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventDelivery;
import io.jverto.switchboard.event.EventHandler.Sender;
import io.jverto.switchboard.event.SubscribeResult;
import io.jverto.switchboard.event.Subscriber;
import io.jverto.testkit.json.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A client as the real ones are: it keeps its copy of the live array by the rules of verto-wire.md section 9.4.5, and remembers what breaks
/// them. What it asks for it asks for when the test says so, for a subscriber may not.
final class TestClient implements Subscriber {
    final String cookie;
    final Map<String, JsonValue> rows = new LinkedHashMap<>();
    final List<String> wrong = new ArrayList<>();
    private final EventChannels events;
    private final List<String> heard = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private long serial;
    private int modifies;

    TestClient(EventChannels events, String cookie) {
        this.events = events;
        this.cookie = cookie;
        events.attach(cookie, this);
    }

    @Override
    public synchronized void onEvent(EventDelivery delivery) {
        JsonObject params = delivery.params();
        heard.add(JsonText.of(params));
        params.object("pvtData").ifPresent(this::onPrivate);
        if (params.string("eventChannel").orElse("").startsWith("conference-liveArray")) {
            onLiveArray(params.object("data").orElseThrow());
        }
    }

    private void onPrivate(JsonObject data) {
        String call = data.string("callID").orElseThrow();
        if (data.string("action").orElseThrow().endsWith("-join")) {
            joined.add(call);
        } else if (!joined.remove(call)) {
            wrong.add("parted before it joined: " + call);
        }
    }

    private void onLiveArray(JsonObject data) {
        if (joined.isEmpty()) {
            wrong.add("told after it left: " + JsonText.of(data));
        }
        String key = data.string("hashKey").orElse("");
        JsonValue row = data.get("data").orElseThrow();
        String action = data.string("action").orElseThrow();
        count(action, number(data.get("wireSerno").orElseThrow()));
        switch (action) {
            case "bootObj" -> ((JsonArray) row).items().forEach(item -> {
                List<JsonValue> pair = ((JsonArray) item).items();
                rows.put(pair.getFirst().asString().orElseThrow(), pair.getLast());
            });
            case "add" -> rows.put(key, row);
            case "modify" -> {
                modifies++;
                rows.put(key, row);
            }
            case "del" -> rows.remove(key);
            case "clear" -> rows.clear();
            default -> wrong.add("unknown action " + action);
        }
    }

    private void count(String action, long given) {
        if (given > 0) {
            if (serial > 0 && given != serial + 1) {
                wrong.add("gap: " + given + " after " + serial);
            }
            serial = given;
        } else if (action.equals("clear")) {
            serial = 0;
        }
    }

    /// Forgets what it had, for instance because it is in no room any more.
    synchronized void reset() {
        rows.clear();
        serial = 0;
    }

    synchronized boolean isIn() {
        return !joined.isEmpty();
    }

    synchronized int takeModifies() {
        int taken = modifies;
        modifies = 0;
        return taken;
    }

    /// @return what came since the last time this was asked
    synchronized List<String> heard() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    SubscribeResult subscribe(String... channels) {
        return events.subscribe(cookie, List.of(channels), channel -> false);
    }

    boolean may(String channel) {
        return events.isAllowed(cookie, channel, other -> false);
    }

    void bootstrap(String room) {
        JsonObject command = new JsonObjectBuilder().put("command", "bootstrap").put("context", "conference-liveArray." + room).build();
        broadcast("conference-liveArray." + room, new JsonObjectBuilder().put("liveArray", command).build());
    }

    void chat(String room, String message) {
        broadcast("conference-chat." + room, new JsonObjectBuilder().put("action", "send").put("message", message).put("type", "message").build());
    }

    void askForHistory(String room) {
        broadcast("conference-chat." + room, new JsonObjectBuilder().put("action", "history").build());
    }

    void moderate(String room, String command, JsonValue id, JsonValue value) {
        control("conference-mod." + room, command, id, value);
    }

    /// As a member that is no moderator asks.
    void asks(String room, String command, JsonValue id, JsonValue value) {
        control("conference-info." + room, command, id, value);
    }

    /// Says whom it wants to see.
    void gallery(String room, String callId, int... first) {
        List<JsonValue> members = Arrays.stream(first).<JsonValue>mapToObj(id -> new JsonObjectBuilder().put("id", id).put("first", true).put("height", 700).build()).toList();
        broadcast("conference-info." + room, new JsonObjectBuilder()
                .put("application", "conf-control").put("command", "gallery").put("callID", callId).put("height", 180).put("members", new JsonArray(members)).build());
    }

    void noGallery(String room, String callId) {
        broadcast("conference-info." + room, new JsonObjectBuilder()
                .put("application", "conf-control").put("command", "gallery").put("callID", callId).put("on", false).build());
    }

    private void control(String channel, String command, JsonValue id, JsonValue value) {
        broadcast(channel, new JsonObjectBuilder()
                .put("application", "conf-control").put("command", command).put("id", id).put("value", value).build());
    }

    void moderate(String room, String command, String id) {
        moderate(room, command, new JsonString(id), JsonValue.JsonLiteral.NULL);
    }

    void broadcast(String channel, JsonObject data) {
        JsonObject params = new JsonObjectBuilder().put("eventChannel", channel).put("data", data).build();
        events.broadcast(new Sender(cookie, cookie + "@example.org", cookie), channel, params, false);
    }

    private static long number(JsonValue value) {
        return Long.parseLong(((JsonNumber) value).digits());
    }
}
