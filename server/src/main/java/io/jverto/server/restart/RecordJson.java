package io.jverto.server.restart;

import io.jverto.base.Broken;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.switchboard.dialplan.Text;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records as JSON, component by component under their names, and back: what a record has in it is in the file. One of a sealed family has
/// the member `is` with its name. An empty Optional is left out; a [Text] is an array of strings, of which every other one is data.
final class RecordJson {
    private static final String IS = "is";

    private RecordJson() {}

    /// Something of the text that the record cannot be made of.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String what) {
            super(what);
        }
    }

    static JsonObject write(Record value) {
        return object(value);
    }

    private static JsonObject object(Record value) {
        JsonObjectBuilder object = new JsonObjectBuilder();
        if (Arrays.stream(value.getClass().getInterfaces()).anyMatch(Class::isSealed)) {
            object.put(IS, value.getClass().getSimpleName());
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object content = content(value, component);
            if (!(content instanceof Optional<?> optional)) {
                object.put(component.getName(), json(content));
            } else if (optional.isPresent()) {
                object.put(component.getName(), json(optional.get()));
            }
        }
        return object.build();
    }

    private static Object content(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException closed) {
            throw new Broken(component + " cannot be read: " + closed);
        }
    }

    private static JsonValue json(Object value) {
        return switch (value) {
            case String text -> new JsonString(text);
            case Text text -> new JsonArray(text.runs().stream().<JsonValue>map(JsonString::new).toList());
            case Boolean truth -> JsonLiteral.of(truth);
            case Integer number -> JsonNumber.of(number);
            case Instant when -> new JsonString(when.toString());
            case Path path -> new JsonString(path.toString());
            case Enum<?> name -> new JsonString(name.name());
            case List<?> list -> new JsonArray(list.stream().<JsonValue>map(RecordJson::json).toList());
            case Map<?, ?> map -> {
                JsonObjectBuilder object = new JsonObjectBuilder();
                map.forEach((key, one) -> object.put(key.toString(), json(one)));
                yield object.build();
            }
            case Record record -> object(record);
            default -> throw new Broken("no JSON for a " + value.getClass());
        };
    }

    static <T extends Record> T read(JsonObject object, Class<T> type) throws Unreadable {
        return type.cast(record(object, type));
    }

    private static Object record(JsonObject object, Class<?> type) throws Unreadable {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(object, components[i]);
        }
        try {
            return type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new)).newInstance(values);
        } catch (ReflectiveOperationException refused) {
            throw new Unreadable("no " + type.getSimpleName() + ": " + refused.getCause());
        }
    }

    private static Object component(JsonObject object, RecordComponent component) throws Unreadable {
        Optional<JsonValue> value = Optional.ofNullable(object.members().get(component.getName()));
        if (component.getType() == Optional.class) {
            return value.isPresent() ? Optional.of(value(value.get(), argument(component.getGenericType(), 0))) : Optional.empty();
        }
        if (value.isEmpty()) {
            throw new Unreadable(component.getDeclaringRecord().getSimpleName() + " without " + component.getName());
        }
        return value(value.get(), component.getGenericType());
    }

    private static Type argument(Type generic, int index) {
        return ((ParameterizedType) generic).getActualTypeArguments()[index];
    }

    private static Object value(JsonValue value, Type type) throws Unreadable {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        return switch (value) {
            case JsonString(String text) when raw == String.class -> text;
            case JsonString(String text) when raw == Instant.class -> instant(text);
            case JsonString(String text) when raw == Path.class -> path(text);
            case JsonString(String text) when raw.isEnum() -> constant(text, raw);
            case JsonLiteral literal when raw == boolean.class && literal != JsonLiteral.NULL -> literal == JsonLiteral.TRUE;
            case JsonNumber(String digits) when raw == int.class && digits.matches("-?[0-9]{1,9}") -> Integer.parseInt(digits);
            case JsonArray(List<JsonValue> items) when raw == Text.class -> Text.ofRuns(items.stream().map(item -> item.asString().orElse("")).toList());
            case JsonArray(List<JsonValue> items) when raw == List.class -> list(items, argument(type, 0));
            case JsonObject object when raw == Map.class -> map(object, argument(type, 1));
            case JsonObject object when raw.isRecord() -> record(object, raw);
            case JsonObject object when raw.isSealed() -> record(object, one(object.string(IS).orElse(""), raw));
            default -> throw new Unreadable("no " + raw.getSimpleName());
        };
    }

    private static Instant instant(String text) throws Unreadable {
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new Unreadable("no time: " + wrong.getMessage());
        }
    }

    private static Path path(String text) throws Unreadable {
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw new Unreadable("no path: " + wrong.getReason());
        }
    }

    private static Object constant(String name, Class<?> type) throws Unreadable {
        return Arrays.stream(type.getEnumConstants()).filter(one -> ((Enum<?>) one).name().equals(name)).findFirst()
                .orElseThrow(() -> new Unreadable("no " + type.getSimpleName() + " is called " + name));
    }

    private static Class<?> one(String name, Class<?> family) throws Unreadable {
        return Arrays.stream(family.getPermittedSubclasses()).filter(one -> one.getSimpleName().equals(name)).findFirst()
                .orElseThrow(() -> new Unreadable("no " + family.getSimpleName() + " is called " + name));
    }

    private static List<Object> list(List<JsonValue> items, Type type) throws Unreadable {
        List<Object> list = new ArrayList<>();
        for (JsonValue item : items) {
            list.add(value(item, type));
        }
        return list;
    }

    private static Map<String, Object> map(JsonObject object, Type type) throws Unreadable {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            map.put(member.getKey(), value(member.getValue(), type));
        }
        return map;
    }
}
