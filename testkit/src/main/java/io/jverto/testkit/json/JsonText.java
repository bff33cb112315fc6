package io.jverto.testkit.json;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonEmbedded;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes JSON values so that a test can show them: keys in their order, no blanks, single quotes for double ones. Not for the wire.
public final class JsonText {
    private JsonText() {}

    public static String of(JsonValue value) {
        return switch (value) {
            case JsonObject object -> object.members().entrySet().stream()
                    .map(member -> "'" + member.getKey() + "':" + of(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            case JsonArray(var items) -> items.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
            case JsonString(String text) -> "'" + text.replace("\n", "\\n") + "'";
            case JsonNumber(String digits) -> digits;
            case JsonEmbedded(JsonValue content) -> "'" + of(content).replace('\'', '"') + "'";
            case JsonLiteral literal -> literal.name().toLowerCase(Locale.ROOT);
        };
    }
}
