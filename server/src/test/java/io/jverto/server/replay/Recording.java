package io.jverto.server.replay;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A dialogue of real clients with the reference server, as `src/test/resources/replay/README.md` describes it.
///
/// @param name client and scenario, for instance `signalwire/echo`
record Recording(String name, List<Line> lines) {
    private static final Pattern LINE = Pattern.compile("(\\d+) ([^ <>]+)(?:([<>]) (.*)| (connects|is gone|is closed|talks|is silent))");
    private static final Pattern FILLED = Pattern.compile("\"(#[^\"]*)\" to (\\d+)");
    private static final Pattern TIMES = Pattern.compile("(.*) (\\d+) times");

    Recording {
        lines = List.copyOf(lines);
    }

    /// What happened at a moment.
    sealed interface Line {
        /// @return milliseconds since the beginning
        long atMillis();

        /// @return `A`, `B`, ... for the first connection of each client, `A2` for the second of the first
        String client();

        /// A client opens a connection.
        record Connects(long atMillis, String client) implements Line {}

        /// A client's connection is lost.
        record Gone(long atMillis, String client) implements Line {}

        /// The server has closed the connection.
        record Closed(long atMillis, String client) implements Line {}

        /// A client says something, once or several times.
        record Sends(long atMillis, String client, JsonValue frame, int times) implements Line {}

        /// The server says something.
        record Hears(long atMillis, String client, JsonValue frame, int times) implements Line {}

        /// Whoever has the call begins or ends to speak.
        ///
        /// @param client the call's id
        record Talks(long atMillis, String client, boolean talking) implements Line {}
    }

    /// @param folder holds the file `<name>.replay` and what it names by `@path`
    static Recording read(Path folder, String name) {
        List<Line> lines = new ArrayList<>();
        for (String text : text(folder.resolve(name + ".replay")).lines().filter(line -> !line.startsWith("#")).toList()) {
            lines.add(line(folder, name, text));
        }
        return new Recording(name, lines);
    }

    private static Line line(Path folder, String name, String text) {
        Matcher parts = LINE.matcher(text);
        if (!parts.matches()) {
            throw new AssertionError(name + ": no line: " + text);
        }
        long at = Long.parseLong(parts.group(1));
        String client = parts.group(2);
        if (parts.group(5) != null) {
            return switch (parts.group(5)) {
                case "connects" -> new Line.Connects(at, client);
                case "is gone" -> new Line.Gone(at, client);
                case "is closed" -> new Line.Closed(at, client);
                default -> new Line.Talks(at, client, parts.group(5).equals("talks"));
            };
        }
        Matcher repeated = TIMES.matcher(parts.group(4));
        boolean several = repeated.matches();
        int times = several ? Integer.parseInt(repeated.group(2)) : 1;
        JsonValue frame = completed(folder, frame(several ? repeated.group(1) : parts.group(4)));
        return parts.group(3).equals(">") ? new Line.Sends(at, client, frame, times) : new Line.Hears(at, client, frame, times);
    }

    /// Frames of the speed test are strings, filled up with dots to their length.
    private static JsonValue frame(String text) {
        Matcher filled = FILLED.matcher(text);
        return filled.matches()
                ? new JsonString(filled.group(1) + ".".repeat(Integer.parseInt(filled.group(2)) - filled.group(1).length()))
                : JsonText.parse(text).orElseThrow(() -> new AssertionError("no JSON: " + text));
    }

    /// Puts the text of files in the place of their names.
    private static JsonValue completed(Path folder, JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                object.members().forEach((key, member) -> members.put(key, completed(folder, member)));
                yield new JsonObject(members);
            }
            case JsonArray array -> new JsonArray(array.items().stream().map(item -> completed(folder, item)).toList());
            case JsonString string when string.value().startsWith("@") ->
                new JsonString(text(folder.resolve(string.value().substring(1))).replace("\n", "\r\n"));
            default -> value;
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
