package io.jverto.wire.verto;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.verto.VertoRequest.Info.Chat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/// `msg` and `txt` of `verto.info` (verto-wire.md sections 6.3 and 6.4).
/// DEVIATION verto-56: what others will read is made harmless: no control characters but those that mean something in a text, and
/// whole characters only.
final class MessageReader {
    /// A paste; whoever types has one or two characters at a time.
    private static final int MAX_TYPED = 1_024;
    private static final int MAX_EXTRA = 32;
    private static final int MAX_EXTRA_NAME = 64;
    private static final char BACKSPACE = '\b';

    private MessageReader() {}

    static Chat chat(JsonValue value) {
        JsonObject message = value.asObject().orElse(JsonObject.EMPTY);
        String to = VertoParamsReader.text(message, "to");
        String body = clean(message.string("body").orElse(""), MessageReader::isLayout);
        if (to.isEmpty() || body.isEmpty()) {
            return new Chat(Chat.State.INCOMPLETE, to, body, false, Map.of());
        }
        return new Chat(Chat.State.COMPLETE, to, body, inDialog(message), extra(message));
    }

    /// A character code wins over text (verto-wire.md section 6.3).
    static String typed(JsonObject txt) {
        for (String key : new String[] {"code", "chars"}) {
            if (txt.get(key).orElse(JsonLiteral.NULL) instanceof JsonNumber number) {
                return VertoParamsReader.whole(number.digits())
                        .filter(code -> code > 0 && Character.isValidCodePoint(code))
                        .map(code -> cleanTyped(Character.toString(code)))
                        .orElse("");
            }
        }
        String chars = txt.string("chars").orElse("");
        return cleanTyped(chars.substring(0, Math.min(MAX_TYPED, chars.length())));
    }

    private static boolean inDialog(JsonObject message) {
        return message.is("inDialog", JsonLiteral.TRUE)
                || message.string("inDialog").filter(VertoTruth::isTrue).isPresent();
    }

    private static Map<String, String> extra(JsonObject message) {
        Map<String, String> extra = new LinkedHashMap<>();
        message.members().keySet().stream()
                .filter(key -> (key.startsWith("from_") || key.startsWith("to_")) && key.length() <= MAX_EXTRA_NAME)
                .limit(MAX_EXTRA)
                .forEach(key -> message.members().get(key).asString().ifPresent(value ->
                        extra.put(clean(key, _ -> false), VertoParamsReader.cut(clean(value, _ -> false)))));
        return extra;
    }

    /// Who types also goes back (T.140 section 8).
    private static String cleanTyped(String chars) {
        return clean(chars, character -> isLayout(character) || character == BACKSPACE);
    }

    private static boolean isLayout(int character) {
        return character == '\n' || character == '\r' || character == '\t';
    }

    /// Half of a surrogate pair is no character and cannot be written as UTF-8: it becomes U+FFFD.
    private static String clean(String text, IntPredicate wanted) {
        if (text.chars().noneMatch(c -> Character.isISOControl(c) && !wanted.test(c) || Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .filter(c -> !Character.isISOControl(c) || wanted.test(c))
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
