package io.jverto.testkit.transcript;

import io.jverto.wire.jsonrpc.JsonText;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonEmbedded;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `$names` of a transcript and what they were first seen to be.
final class Bindings {
    private static final String ANYTHING = "$_";

    private final Map<String, JsonValue> values = new HashMap<>();

    /// Puts values in place of names; a name that was not seen yet is given a value of its own.
    String fill(String text) {
        return JsonText.parse(text).map(value -> JsonText.write(fill(value))).orElse(text);
    }

    /// Compares, the order of keys included, and binds names on first sight.
    boolean matches(JsonValue pattern, JsonValue actual) {
        return switch (pattern) {
            case JsonString string when string.value().equals(ANYTHING) -> true;
            case JsonString string when isName(string.value()) ->
                Optional.ofNullable(values.putIfAbsent(string.value(), actual)).orElse(actual).equals(actual);
            case JsonObject object -> actual instanceof JsonObject other && matches(object, other);
            case JsonArray array -> actual instanceof JsonArray other && matches(array.items(), other.items());
            case JsonString _, JsonNumber _, JsonEmbedded _, JsonLiteral _ -> pattern.equals(actual);
        };
    }

    private boolean matches(JsonObject pattern, JsonObject actual) {
        List<String> keys = List.copyOf(pattern.members().keySet());
        return keys.equals(List.copyOf(actual.members().keySet()))
                && matches(List.copyOf(pattern.members().values()), List.copyOf(actual.members().values()));
    }

    private boolean matches(List<JsonValue> patterns, List<JsonValue> actual) {
        if (patterns.size() != actual.size()) {
            return false;
        }
        Iterator<JsonValue> others = actual.iterator();
        return patterns.stream().allMatch(pattern -> matches(pattern, others.next()));
    }

    private JsonValue fill(JsonValue value) {
        return switch (value) {
            case JsonString string when isName(string.value()) ->
                values.computeIfAbsent(string.value(), name -> new JsonString("its-" + name.substring(1)));
            case JsonObject object -> {
                Map<String, JsonValue> filled = new LinkedHashMap<>();
                object.members().forEach((key, member) -> filled.put(key, fill(member)));
                yield new JsonObject(filled);
            }
            case JsonArray array -> new JsonArray(array.items().stream().map(this::fill).toList());
            case JsonString _, JsonNumber _, JsonEmbedded _, JsonLiteral _ -> value;
        };
    }

    private static boolean isName(String text) {
        return text.matches("\\$[A-Za-z][A-Za-z0-9_]*");
    }
}
