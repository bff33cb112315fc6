package io.jverto.server.console;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.server.log.Escapes;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.Optional;

/// How things look: in colours, without, or as JSON, one object a line. What others chose can do nothing to the terminal.
///
/// @param json for programs
record Paper(boolean colours, boolean json) {
    private static final String RESET = "\u001b[0m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String CYAN = "\u001b[36m";
    private static final String GREY = "\u001b[90m";
    private static final int ERR = 3;
    private static final int WARNING = 4;
    private static final int DEBUG = 7;

    static boolean failed(String reply) {
        return reply.startsWith("-ERR") || reply.startsWith("-USAGE");
    }

    /// A command and what it said.
    String reply(String command, String text) {
        if (json) {
            Optional<JsonValue> structured = text.startsWith("{") || text.startsWith("[") ? JsonText.parse(text.strip()) : Optional.empty();
            JsonObjectBuilder out = new JsonObjectBuilder().put("command", command).put("ok", !failed(text));
            return JsonText.write(structured.map(value -> out.put("result", value)).orElseGet(() -> out.put("output", text.stripTrailing())).build());
        }
        String shown = Escapes.text(text.stripTrailing());
        return failed(text) ? in(RED, shown) : shown;
    }

    /// An event, or a line of the log.
    String news(Frame frame) {
        return frame.type().equals("log/data") ? log(frame) : event(frame);
    }

    private String log(Frame frame) {
        String text = frame.body().stripTrailing();
        String number = frame.headers().getOrDefault("Log-Level", "");
        int level = number.matches("[0-9]") ? Integer.parseInt(number) : DEBUG;
        if (json) {
            return JsonText.write(new JsonObjectBuilder().put("log", text).put("level", level).build());
        }
        String colour = level <= ERR ? RED : level == WARNING ? YELLOW : level >= DEBUG ? GREY : "";
        return in(colour, Escapes.text(text));
    }

    private String event(Frame frame) {
        if (!frame.type().equals("text/event-json")) {
            return Escapes.text(frame.body().stripTrailing());
        }
        Optional<JsonValue> event = JsonText.parse(frame.body());
        if (json || event.isEmpty()) {
            return json ? frame.body() : Escapes.text(frame.body());
        }
        StringBuilder out = new StringBuilder();
        event.get().asObject().ifPresent(object -> object.members().forEach((name, value) ->
                out.append(out.isEmpty() ? "" : "\n").append(Escapes.text(name)).append(": ").append(Escapes.text(value.asString().orElse("")).replace("\n", "\\n"))));
        return in(CYAN, out.toString()) + "\n";
    }

    private String in(String colour, String text) {
        return colours && !colour.isEmpty() ? colour + text + RESET : text;
    }
}
