package io.jverto.wire.verto;

import io.jverto.wire.jsonrpc.JsonRpcMessage;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters that many requests share. A value of the wrong type counts as missing (verto-wire.md section 2.8).
final class VertoParamsReader {
    /// Characters of session and call ids (verto-wire.md section 13), and of names and numbers.
    static final int MAX_TEXT = 256;

    private static final int MAX_NAMES = 16;
    private static final int MAX_VARIABLES = 256;
    private static final int MAX_VARIABLE_LENGTH = 4_096;
    private static final int MAX_INT_DIGITS = 9;

    private VertoParamsReader() {}

    static LoginParams login(JsonRpcMessage.Request request) {
        JsonObject params = request.params();
        return new LoginParams(
                request.hasParams(),
                params.string("login").orElse(""),
                params.string("passwd").orElse(""),
                text(params, "sessid"),
                variables(params, "loginParams"),
                variables(params, "userVariables"),
                names(params, "extensions"));
    }

    private static List<String> names(JsonObject object, String key) {
        return switch (object.get(key).orElse(JsonLiteral.NULL)) {
            case JsonArray many ->
                many.items().stream()
                        .limit(MAX_NAMES)
                        .flatMap(item -> item.asString().stream())
                        .filter(name -> name.length() <= MAX_TEXT)
                        .toList();
            case JsonObject _, JsonNumber _, JsonString _, JsonValue.JsonEmbedded _, JsonLiteral _ -> List.of();
        };
    }

    /// `echoParams`: all params when it is true or a text that means it, otherwise its own value (verto-wire.md section 2.5).
    static JsonValue echo(JsonObject params) {
        JsonValue wish = params.get("echoParams").orElse(JsonLiteral.NULL);
        boolean all = wish == JsonLiteral.TRUE || wish.asString().filter(VertoTruth::isTrue).isPresent();
        return all ? params : wish;
    }

    static DialogParams dialog(JsonObject dialog) {
        DialogParams.Caller caller = new DialogParams.Caller(
                text(dialog, "caller_id_name"),
                text(dialog, "caller_id_number"),
                text(dialog, "remote_caller_id_name"),
                text(dialog, "remote_caller_id_number"),
                text(dialog, "callee_id_name"),
                text(dialog, "callee_id_number"));
        String destination = text(dialog, "destination_number");
        return new DialogParams(
                callId(dialog),
                destination.isEmpty() ? "service" : destination,
                caller,
                new DialogParams.Origin(text(dialog, "ani"), text(dialog, "aniii"), text(dialog, "rdnis")),
                variables(dialog, "userVariables"),
                audio(dialog),
                options(dialog));
    }

    /// @return empty when it is missing or too long to be a name of ours
    static String callId(JsonObject dialog) {
        return dialog.string("callID").filter(id -> id.length() <= MAX_TEXT).orElse("");
    }

    /// @return a text without control characters, which could forge lines in logs and headers; empty when missing
    static String text(JsonObject object, String key) {
        String value = object.string(key).orElse("");
        String clean = value.chars().anyMatch(Character::isISOControl)
                ? value.replaceAll("\\p{Cntrl}|[\u0080-\u009F]", "")
                : value;
        return cut(clean);
    }

    static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }

    /// @return a number, or a text that is one, as text; empty when missing
    static String numeric(JsonObject object, String key) {
        return switch (object.get(key).orElse(JsonLiteral.NULL)) {
            case JsonString string -> string.value();
            case JsonNumber number -> number.digits();
            case JsonObject _, JsonValue.JsonArray _, JsonValue.JsonEmbedded _, JsonLiteral _ -> "";
        };
    }

    /// @return the value of a whole number given as number or text; `otherwise` when it is none, negative or huge
    static int wholeNumber(JsonObject object, String key, int otherwise) {
        return whole(numeric(object, key)).orElse(otherwise);
    }

    static Optional<Integer> whole(String digits) {
        boolean whole = !digits.isEmpty()
                && digits.length() <= MAX_INT_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return whole ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    /// Booleans become `true` and `false`, texts that are not empty stay as they are, everything else is passed over.
    static Map<String, String> variables(JsonObject object, String key) {
        Map<String, String> variables = new LinkedHashMap<>();
        object.object(key).orElse(JsonObject.EMPTY).members().forEach((name, value) -> {
            String text = variable(value);
            if (!text.isEmpty() && text.length() <= MAX_VARIABLE_LENGTH && variables.size() < MAX_VARIABLES) {
                variables.put(name, text);
            }
        });
        return variables;
    }

    private static String variable(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.value();
            case JsonLiteral literal ->
                switch (literal) {
                    case TRUE -> "true";
                    case FALSE -> "false";
                    case NULL -> "";
                };
            case JsonNumber _, JsonObject _, JsonValue.JsonArray _, JsonValue.JsonEmbedded _ -> "";
        };
    }

    private static DialogParams.AudioProcessing audio(JsonObject dialog) {
        JsonObject audio = dialog.object("audio").orElse(JsonObject.EMPTY);
        return new DialogParams.AudioProcessing(
                dialog.get("audio").isPresent(),
                audio.is("echoCancellation", JsonLiteral.TRUE),
                audio.is("noiseSuppression", JsonLiteral.TRUE),
                audio.is("autoGainControl", JsonLiteral.TRUE));
    }

    private static DialogParams.CallOptions options(JsonObject dialog) {
        return new DialogParams.CallOptions(
                dialog.is("screenShare", JsonLiteral.TRUE),
                dialog.is("secondSource", JsonLiteral.TRUE),
                !dialog.is("recoverCall", JsonLiteral.FALSE),
                dialog.is("dedEnc", JsonLiteral.TRUE),
                dialog.is("mirrorInput", JsonLiteral.TRUE),
                wholeNumber(dialog, "conferenceCanvasID", -1),
                wholeNumber(dialog, "outgoingBandwidth", 0),
                wholeNumber(dialog, "incomingBandwidth", 0));
    }
}
