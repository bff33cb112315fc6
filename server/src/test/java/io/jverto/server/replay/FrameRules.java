package io.jverto.server.replay;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for every frame that a server sends on one connection, whatever the dialogue: the shape of verto-wire.md sections 2.1 and
/// 2.6, and serial numbers without gaps (sections 8.5, 9.4.3), which recordings cannot show because they differ each time.
final class FrameRules {
    private static final long FIRST_ID = 1_000_000_001;
    private static final long NONE = -1;
    private static final List<String> UNREADABLE = List.of("jsonrpc", "error", "id");

    private final Map<String, Long> events = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();
    private long lastId = FIRST_ID - 1;

    /// @return the rules that the frame breaks, in words
    List<String> broken(JsonValue frame) {
        List<String> broken = new ArrayList<>();
        if (frame instanceof JsonObject message) {
            if (message.get("method").isPresent()) {
                request(message, broken);
            } else {
                reply(message, broken);
            }
        }
        return broken;
    }

    private void request(JsonObject message, List<String> broken) {
        rule(keys(message).equals(List.of("jsonrpc", "id", "method", "params")), "has the keys " + keys(message), broken);
        long id = number(message, "id");
        rule(id > lastId, "id is " + id + " after " + lastId, broken);
        lastId = id;
        JsonObject params = message.object("params").orElse(JsonObject.EMPTY);
        rule(message.object("params").isPresent(), "params is no object", broken);
        rule(!params.members().containsKey("callID") || keys(params).getFirst().equals("callID"), "params.callID is not the first", broken);
        rule(!params.members().containsValue(JsonLiteral.NULL), "params has a null", broken);
        serials(params, broken);
    }

    private static void reply(JsonObject message, List<String> broken) {
        Optional<JsonObject> result = message.object("result");
        List<String> keys = keys(message);
        rule(keys.equals(List.of("jsonrpc", "id", result.isPresent() ? "result" : "error")) || keys.equals(UNREADABLE), "has the keys " + keys, broken);
        rule(result.isEmpty() || keys(result.get()).getLast().equals("sessid"), "result.sessid is not the last", broken);
        rule(result.flatMap(object -> object.get("result")).isEmpty(), "result holds a result", broken);
        rule(result.isPresent() || message.object("error").isPresent(), "neither result nor error is an object", broken);
    }

    private void serials(JsonObject params, List<String> broken) {
        params.string("subscribedChannel").ifPresent(channel -> {
            long serial = number(params, "eventSerno");
            Long before = events.put(channel, serial);
            rule(serial == 0 || before != null && serial == before + 1, "params.eventSerno is " + serial + " after " + before, broken);
        });
        params.object("data").filter(data -> data.get("wireSerno").isPresent()).ifPresent(data -> change(data, broken));
    }

    private void change(JsonObject data, List<String> broken) {
        String array = data.string("name").orElse("");
        long serial = number(data, "wireSerno");
        if (serial == NONE) {
            changes.remove(data.string("action").filter("clear"::equals).map(_ -> array).orElse(""));
            return;
        }
        Long before = changes.put(array, serial);
        rule(before == null || serial == before + 1, "params.data.wireSerno is " + serial + " after " + before, broken);
    }

    private static void rule(boolean kept, String otherwise, List<String> broken) {
        if (!kept) {
            broken.add(otherwise);
        }
    }

    private static List<String> keys(JsonObject object) {
        return List.copyOf(object.members().keySet());
    }

    private static long number(JsonObject object, String key) {
        return object.get(key).filter(JsonNumber.class::isInstance).map(value -> Long.parseLong(((JsonNumber) value).digits())).orElse(NONE);
    }
}
