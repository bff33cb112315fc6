package io.jverto.testkit.transcript;

import io.jverto.wire.jsonrpc.JsonText;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A dialogue, read from text like this:
/// ```
/// # comment
/// 0ms    C> {"jsonrpc":"2.0","id":1,"method":"login","params":{"sessid":"$S"}}
/// 0ms    S< {"jsonrpc":"2.0","id":$_,"error":$_}
/// ..50ms S2< {"id":$N,"sdp":@offer/chrome.sdp}
/// ```
/// `$_` fits anything, `$name` is bound on first sight, `@path` is a file's text; `C2>` is the second client.
public record Transcript(String name, List<Step> steps) {
    private static final Pattern LINE = Pattern.compile("(\\.\\.)?([0-9]+)ms +(?:([CS])([0-9]*)([><|])|(!)) ?(.*)");
    private static final Pattern BARE = Pattern.compile("([:,\\[]) *(?:(\\$[A-Za-z_][A-Za-z0-9_]*)|@([A-Za-z0-9_./-]+))");

    public Transcript {
        steps = List.copyOf(steps);
    }

    /// @param files gives the text of a file named by `@path`
    public static Transcript parse(String name, String text, Function<String, String> files) {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                steps.add(step(name, number, line.strip(), files));
            }
        }
        return new Transcript(name, steps);
    }

    private static Step step(String name, int number, String line, Function<String, String> files) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssertionError(name + ":" + number + ": no step: " + line);
        }
        long at = Long.parseLong(parts.group(2));
        boolean order = parts.group(6) != null;
        String client = order || parts.group(4).isEmpty() ? "1" : parts.group(4);
        String rest = parts.group(7);
        String kind = order ? "!" : parts.group(3) + parts.group(5);
        return switch (kind) {
            case "!" -> new Step.Order(number, client, at, rest);
            case "C>" -> new Step.Send(number, client, at, completed(rest, files));
            case "C|" -> new Step.Vanish(number, client, at);
            case "S|" -> new Step.Closed(number, client, at);
            case "S<" -> new Step.Expect(number, client, at, parts.group(1) != null, pattern(completed(rest, files)));
            default -> throw new AssertionError(name + ":" + number + ": no step: " + line);
        };
    }

    /// Bare `$name` and `@path` become strings, so that the rest can be read as JSON.
    private static String completed(String text, Function<String, String> files) {
        return BARE.matcher(text).replaceAll(found -> {
            String value = found.group(2) != null ? found.group(2) : files.apply(found.group(3));
            return Matcher.quoteReplacement(found.group(1) + JsonText.write(new JsonString(value)));
        });
    }

    private static JsonValue pattern(String text) {
        return JsonText.parse(text).orElseGet(() -> new JsonString(text));
    }
}
