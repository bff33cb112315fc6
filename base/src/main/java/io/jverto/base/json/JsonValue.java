package io.jverto.base.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value (RFC 8259). Immutable. Numbers keep the digits they were written with, objects the order of their keys.
public sealed interface JsonValue {
    /// @return the text, when this is a string
    default Optional<String> asString() {
        return this instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    /// @return the object, when this is one
    default Optional<JsonObject> asObject() {
        return this instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /// An object. Of keys written twice the first counts.
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        /// The object without keys.
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// Looks a key up in any letter case; the first that matches wins.
        public Optional<JsonValue> get(String key) {
            for (Map.Entry<String, JsonValue> member : members.entrySet()) {
                if (member.getKey().equalsIgnoreCase(key)) {
                    return Optional.of(member.getValue());
                }
            }
            return Optional.empty();
        }

        /// @return the key's text; empty when the key is missing or its value is not a string
        public Optional<String> string(String key) {
            return get(key).flatMap(JsonValue::asString);
        }

        /// @return the key's object; empty when the key is missing or its value is not an object
        public Optional<JsonObject> object(String key) {
            return get(key).flatMap(JsonValue::asObject);
        }

        /// @return whether the key's value is this very literal
        public boolean is(String key, JsonLiteral literal) {
            return get(key).filter(literal::equals).isPresent();
        }
    }

    /// An array.
    record JsonArray(List<JsonValue> items) implements JsonValue {
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    /// A string.
    record JsonString(String value) implements JsonValue {}

    /// A number.
    ///
    /// @param digits as written; always valid JSON
    record JsonNumber(String digits) implements JsonValue {
        public static JsonNumber of(long value) {
            return new JsonNumber(Long.toString(value));
        }
    }

    /// A string whose content is the JSON text of another value.
    record JsonEmbedded(JsonValue content) implements JsonValue {}

    /// The three names of JSON.
    enum JsonLiteral implements JsonValue {
        TRUE,
        FALSE,
        NULL;

        public static JsonLiteral of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }
}
