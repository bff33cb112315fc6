package io.jverto.base.json;

import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts an object together, key after key. A key put again keeps its place and takes the new value.
public final class JsonObjectBuilder {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    public JsonObjectBuilder put(String key, JsonValue value) {
        members.put(key, value);
        return this;
    }

    public JsonObjectBuilder put(String key, String value) {
        return put(key, new JsonString(value));
    }

    public JsonObjectBuilder put(String key, long value) {
        return put(key, JsonNumber.of(value));
    }

    public JsonObjectBuilder put(String key, boolean value) {
        return put(key, JsonLiteral.of(value));
    }

    /// Puts the key unless the text is empty: an unknown value is left out.
    public JsonObjectBuilder putKnown(String key, String value) {
        return value.isEmpty() ? this : put(key, value);
    }

    /// Puts every entry as a string.
    public JsonObjectBuilder putAll(Map<String, String> entries) {
        entries.forEach(this::put);
        return this;
    }

    /// Puts every member of another object.
    public JsonObjectBuilder putAll(JsonObject object) {
        members.putAll(object.members());
        return this;
    }

    public JsonObject build() {
        return new JsonObject(members);
    }
}
