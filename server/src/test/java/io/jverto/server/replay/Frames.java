package io.jverto.server.replay;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares a recorded frame with ours: keys, their order, and values except those that are variable by nature.
final class Frames {
    private static final JsonValue NOTHING = new JsonString("");
    private static final int STATUS_COLUMN = 4;
    /// `#SPU`, `#SPB`, `#SPD`.
    private static final int SPEED_KIND = 4;
    private static final String SPEED = "#SP[UD] \\d+";

    private final Names names;

    Frames(Names names) {
        this.names = names;
    }

    /// @return whether both are the same message of the dialogue, whatever else they say
    boolean sameMessage(JsonValue recorded, JsonValue ours) {
        List<JsonValue> one = identity(recorded).stream().map(this::inText).toList();
        List<JsonValue> other = identity(ours);
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            boolean same = Names.isName(one.get(i)) ? names.fits(one.get(i), other.get(i)) : one.get(i).equals(other.get(i));
            if (!same) {
                return false;
            }
        }
        return one.size() == other.size();
    }

    private JsonValue inText(JsonValue value) {
        return value instanceof JsonString(String text) && !Names.isName(value) ? new JsonString(names.inText(text)) : value;
    }

    /// Binds names, then compares.
    ///
    /// @return in words, each with the path of a value
    List<String> differences(JsonValue recorded, JsonValue ours) {
        List<String> differences = new ArrayList<>();
        compare("", recorded, ours, differences);
        return differences;
    }

    /// What tells a message from the others of its connection: what it replies to, or its method and what that is about.
    private static List<JsonValue> identity(JsonValue frame) {
        if (!(frame instanceof JsonObject message)) {
            return List.of(new JsonString("text"), frame instanceof JsonString(String text) ? new JsonString(text.substring(0, SPEED_KIND)) : frame);
        }
        if (message.get("method").isEmpty()) {
            return List.of(new JsonString("reply"), message.get("id").orElse(NOTHING));
        }
        JsonObject params = message.object("params").orElse(JsonObject.EMPTY);
        JsonObject data = params.object("data").orElse(JsonObject.EMPTY);
        JsonObject pvtData = params.object("pvtData").orElse(JsonObject.EMPTY);
        return List.of(
                message.get("method").orElse(NOTHING),
                params.get("callID").orElse(NOTHING),
                params.get("eventChannel").orElse(NOTHING),
                pvtData.get("action").orElse(data.get("action").orElse(NOTHING)),
                data.get("hashKey").orElse(NOTHING),
                data.get("conf-command").orElse(NOTHING),
                new JsonString(statusWords(data)));
    }

    /// @param data of an event
    /// @return the words of a changed row's status, without those for video; empty for other events
    static String statusWords(JsonObject data) {
        return data.string("action").filter("modify"::equals)
                .flatMap(_ -> data.get("data"))
                .filter(JsonArray.class::isInstance)
                .map(row -> ((JsonArray) row).items().get(STATUS_COLUMN))
                .flatMap(Frames::embedded)
                .flatMap(status -> status.string("oldStatus"))
                .map(words -> words.replaceFirst(" VIDEO.*", ""))
                .orElse("");
    }

    private void compare(String path, JsonValue recorded, JsonValue ours, List<String> differences) {
        if (Names.isName(recorded)) {
            if (names.fits(recorded, ours)) {
                names.bind(recorded, ours);
            } else {
                differences.add(path + " is another than before");
            }
        } else if (recorded instanceof JsonObject one && ours instanceof JsonObject other) {
            compare(path, one, other, differences);
        } else if (recorded instanceof JsonArray(var items) && ours instanceof JsonArray(var others)) {
            for (int i = 0; i < Math.min(items.size(), others.size()); i++) {
                compare(path + "[" + i + "]", items.get(i), others.get(i), differences);
            }
            if (items.size() != others.size()) {
                differences.add(path + " has " + others.size() + " items instead of " + items.size());
            }
        } else if (path.endsWith(".sdp") && recorded instanceof JsonString(String sdp) && ours instanceof JsonString(String other)) {
            SdpSkeleton.differences(sdp, other).forEach(difference -> differences.add(path + " " + difference));
        } else if (embedded(recorded).isPresent() && embedded(ours).isPresent()) {
            compare(path, embedded(recorded).get(), embedded(ours).get(), differences);
        } else if (!sameText(recorded, ours)) {
            differences.add(path + " is " + JsonText.write(ours) + " instead of " + JsonText.write(recorded));
        }
    }

    /// The result of a speed test is a time.
    private boolean sameText(JsonValue recorded, JsonValue ours) {
        return recorded instanceof JsonString(String one) && ours instanceof JsonString(String other)
                ? names.inText(one).equals(other) || one.matches(SPEED) && other.matches(SPEED)
                : recorded.equals(ours);
    }

    private void compare(String path, JsonObject recorded, JsonObject ours, List<String> differences) {
        Map<String, JsonValue> one = recorded.members();
        Map<String, JsonValue> other = ours.members();
        one.forEach((key, value) -> {
            if (other.containsKey(key)) {
                compare(dotted(path, key), value, other.get(key), differences);
            } else {
                differences.add(dotted(path, key) + " is missing");
            }
        });
        other.keySet().stream().filter(key -> !one.containsKey(key)).forEach(key -> differences.add(dotted(path, key) + " is there as well"));
        if (!common(one, other).equals(common(other, one))) {
            differences.add((path.isEmpty() ? "message" : path) + " has its keys in another order");
        }
    }

    private static List<String> common(Map<String, JsonValue> of, Map<String, JsonValue> with) {
        return of.keySet().stream().filter(with::containsKey).toList();
    }

    private static String dotted(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// The status of a member is JSON text within a string.
    private static Optional<JsonObject> embedded(JsonValue value) {
        return value.asString().filter(text -> text.startsWith("{")).flatMap(JsonText::parse).flatMap(JsonValue::asObject);
    }
}
