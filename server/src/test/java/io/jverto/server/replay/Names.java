package io.jverto.server.replay;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What our server chose where a recording has a `$name`. `$_` is never bound; `$m1of4` is `$m1` with zeros to four digits, `$m1asNumber` the
/// same as a number.
final class Names {
    private static final Pattern NAME = Pattern.compile("\\$(_|[a-z]\\d+)(of4|asNumber)?");
    private static final String ANYTHING = "$_";

    private final Map<String, JsonValue> values = new HashMap<>();

    static boolean isName(JsonValue value) {
        return value instanceof JsonString(String text) && NAME.matcher(text).matches();
    }

    /// @return whether the name can stand for the value: bound to it, or neither of them bound
    boolean fits(JsonValue name, JsonValue value) {
        Matcher parts = parts(name);
        if (parts.group().equals(ANYTHING)) {
            return true;
        }
        JsonValue bound = values.get(parts.group(1));
        return bound == null ? !values.containsValue(plain(parts, value)) : formed(parts, bound).equals(value);
    }

    void bind(JsonValue name, JsonValue value) {
        Matcher parts = parts(name);
        if (!parts.group().equals(ANYTHING)) {
            values.putIfAbsent(parts.group(1), plain(parts, value));
        }
    }

    /// @return the frame with values for names; empty when one of them is not known
    Optional<JsonValue> filled(JsonValue value) {
        return switch (value) {
            case JsonString name when isName(name) -> {
                Matcher parts = parts(name);
                yield Optional.ofNullable(values.get(parts.group(1))).map(bound -> formed(parts, bound));
            }
            case JsonObject object -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                object.members().forEach((key, member) -> filled(member).ifPresent(known -> members.put(key, known)));
                yield members.size() == object.members().size() ? Optional.of(new JsonObject(members)) : Optional.empty();
            }
            case JsonArray array -> {
                List<JsonValue> items = array.items().stream().flatMap(item -> filled(item).stream()).toList();
                yield items.size() == array.items().size() ? Optional.of(new JsonArray(items)) : Optional.empty();
            }
            default -> Optional.of(value);
        };
    }

    /// @return the text with the values of the names in it that are bound
    String inText(String text) {
        return NAME.matcher(text).replaceAll(found -> {
            JsonValue bound = values.get(found.group(1));
            return Matcher.quoteReplacement(bound instanceof JsonString(String value) ? value : found.group());
        });
    }

    private static JsonValue formed(Matcher parts, JsonValue bound) {
        if (parts.group(2) == null || !(bound instanceof JsonString(String digits))) {
            return bound;
        }
        return parts.group(2).equals("of4") ? new JsonString("0".repeat(Math.max(0, 4 - digits.length())) + digits) : new JsonNumber(digits);
    }

    private static JsonValue plain(Matcher parts, JsonValue value) {
        return parts.group(2) != null && value instanceof JsonString(String digits) ? new JsonString(digits.replaceFirst("^0+", "")) : value;
    }

    private static Matcher parts(JsonValue name) {
        Matcher parts = NAME.matcher(((JsonString) name).value());
        if (!parts.matches()) {
            throw new AssertionError("no name: " + name);
        }
        return parts;
    }
}
