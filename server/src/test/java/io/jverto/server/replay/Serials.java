package io.jverto.server.replay;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The numbers of one connection's events, which differ from recording to recording but follow rules: `eventSerno` rises by one from 0 in
/// each subscription (verto-wire.md section 8.5), `wireSerno` by one in each live array until it is cleared (section 9.4.3).
final class Serials {
    private static final long NONE = -1;

    private final Map<String, Long> events = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();

    /// @return what breaks a rule
    Optional<String> check(JsonValue frame) {
        JsonObject params = frame.asObject().flatMap(message -> message.object("params")).orElse(JsonObject.EMPTY);
        Optional<String> event = params.string("subscribedChannel").flatMap(channel -> event(channel, number(params, "eventSerno")));
        JsonObject data = params.object("data").orElse(JsonObject.EMPTY);
        Optional<String> change = data.get("wireSerno").flatMap(_ -> change(data.string("name").orElse(""), data, number(data, "wireSerno")));
        return event.or(() -> change);
    }

    private Optional<String> event(String channel, long serial) {
        Long before = events.put(channel, serial);
        boolean follows = serial == 0 || before != null && serial == before + 1;
        return follows ? Optional.empty() : Optional.of("params.eventSerno is " + serial + " after " + before);
    }

    private Optional<String> change(String array, JsonObject data, long serial) {
        if (serial == NONE) {
            if (data.string("action").filter("clear"::equals).isPresent()) {
                changes.remove(array);
            }
            return Optional.empty();
        }
        Long before = changes.put(array, serial);
        return before == null || serial == before + 1 ? Optional.empty() : Optional.of("params.data.wireSerno is " + serial + " after " + before);
    }

    private static long number(JsonObject object, String key) {
        return object.get(key).filter(JsonNumber.class::isInstance).map(value -> Long.parseLong(((JsonNumber) value).digits())).orElse(NONE);
    }
}
