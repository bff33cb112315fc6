package io.jverto.wire.jsonrpc;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonEmbedded;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// JSON text to [JsonValue] and back, within limits that hold whatever a client sends.
/// As in the reference server a byte order mark and text behind the value are ignored (verto-wire.md section 2.8).
public final class JsonText {
    /// Characters of one message (verto-wire.md section 1.4).
    public static final int MAX_LENGTH = 1_000_000;
    /// Objects and arrays within each other; real messages have less than ten.
    public static final int MAX_DEPTH = 64;
    /// Keys of one object.
    public static final int MAX_KEYS = 10_000;

    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1_024;
    private static final long MAX_TOKENS = 200_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_LENGTH)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    private JsonText() {}

    /// @return the first value in the text; empty when there is none, or it breaks a limit
    public static Optional<JsonValue> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int start = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text.substring(start))) {
            JsonToken first = parser.nextToken();
            return first == null ? Optional.empty() : Optional.of(read(parser, first));
        } catch (JacksonException malformed) {
            // What the client sent is not JSON: the caller answers that, whatever the detail.
            return Optional.empty();
        }
    }

    /// @return the value as text, without blanks
    public static String write(JsonValue value) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, generator);
        }
        return text.toString();
    }

    /// @return the string as JSON text, in quotes
    public static String quoted(String value) {
        return isPlain(value) ? '"' + value + '"' : write(new JsonString(value));
    }

    /// Most names need no escapes; a loop tells in a tenth of the time that a generator takes to be made.
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /// @return the value as text for people
    public static String pretty(JsonValue value) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator generator = FACTORY.createGenerator(new Pretty(), text)) {
            write(value, generator);
        }
        return text.toString();
    }

    private static JsonValue read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> JsonLiteral.TRUE;
            case VALUE_FALSE -> JsonLiteral.FALSE;
            default -> JsonLiteral.NULL;
        };
    }

    private static JsonObject readObject(JsonParser parser) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            JsonValue value = read(parser, parser.nextToken());
            members.putIfAbsent(key, value);
            if (members.size() > MAX_KEYS) {
                throw new TooManyKeys();
            }
        }
        return new JsonObject(members);
    }

    private static JsonArray readArray(JsonParser parser) {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(read(parser, token));
        }
        return new JsonArray(items);
    }

    private static void write(JsonValue value, JsonGenerator generator) {
        switch (value) {
            case JsonObject object -> {
                generator.writeStartObject();
                object.members().forEach((key, member) -> {
                    generator.writeName(key);
                    write(member, generator);
                });
                generator.writeEndObject();
            }
            case JsonArray array -> {
                generator.writeStartArray();
                array.items().forEach(item -> write(item, generator));
                generator.writeEndArray();
            }
            case JsonString string -> generator.writeString(string.value());
            case JsonEmbedded embedded -> generator.writeString(write(embedded.content()));
            case JsonNumber number -> generator.writeNumber(number.digits());
            case JsonLiteral literal -> writeLiteral(literal, generator);
        }
    }

    private static void writeLiteral(JsonLiteral literal, JsonGenerator generator) {
        switch (literal) {
            case TRUE -> generator.writeBoolean(true);
            case FALSE -> generator.writeBoolean(false);
            case NULL -> generator.writeNull();
        }
    }

    private static final class Pretty extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }
    }

    /// Travels from the depth of a document to [#parse] and no further.
    private static final class TooManyKeys extends JacksonException {
        TooManyKeys() {
            super("too many keys");
        }
    }
}
