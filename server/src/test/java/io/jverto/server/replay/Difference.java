package io.jverto.server.replay;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.Map;

/// Something that our server does not do as the recorded one did.
///
/// @param scenario name of the recording
/// @param message method of the message; of a reply `reply to` and the request's
/// @param what in words, with the path of the value in the message
record Difference(String scenario, String message, String what) implements Comparable<Difference> {
    private static final String BARE_ERROR = "reply to what is no request";

    /// @param requests methods of the client's requests by their ids
    static String nameOf(JsonValue frame, Map<JsonValue, String> requests) {
        if (!(frame instanceof JsonObject message)) {
            return frame instanceof JsonString(String text) && text.length() > 3 ? text.substring(0, 4) : "text";
        }
        return message.string("method")
                .map(method -> method.equals("verto.event") ? method + eventOf(message.object("params").orElse(JsonObject.EMPTY)) : method)
                .orElseGet(() -> message.get("id").map(requests::get).map("reply to "::concat).orElse(BARE_ERROR));
    }

    /// Kind of channel and action, for instance ` conference-liveArray modify`; of a changed row its status words too.
    private static String eventOf(JsonObject params) {
        if (params.object("pvtData").isPresent()) {
            return " private " + params.object("pvtData").orElseThrow().string("action").orElse("");
        }
        String kind = params.string("eventChannel").orElse("").replaceFirst("\\..*", "");
        String action = params.object("data").flatMap(data -> data.string("action")).map(" "::concat).orElse("");
        String words = params.object("data").map(Frames::statusWords).filter(text -> !text.isEmpty()).map(" "::concat).orElse("");
        return " " + kind + action + words;
    }

    @Override
    public int compareTo(Difference other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return scenario + " | " + message + " | " + what;
    }
}
