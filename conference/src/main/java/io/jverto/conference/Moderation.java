package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs what a moderator's client sends on the moderators' channel (verto-wire.md section 9.7), on the room's thread.
final class Moderation {
    private static final Pattern MEMBER_ID = Pattern.compile("0*([0-9]{1,9})");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,5}(\\.[0-9]{1,20})?");
    private static final int MAX_VALUES = 10;
    private static final int MAX_VALUE = 256;
    private static final Pattern EXTENSION = Pattern.compile("[0-9A-Za-z*#+_.][0-9A-Za-z*#+_.-]{0,63}");
    private static final JsonObject INVALID = response().put("error", "Invalid Command").build();
    static final JsonObject DENIED = response().put("error", "Permission Denied").build();
    static final JsonObject TOO_MANY = response().put("error", "Too Many Commands").build();

    private static final String POSITION = "position";

    private Moderation() {}

    static boolean isPosition(JsonObject request) {
        return request.string("command").orElse("").equalsIgnoreCase(POSITION);
    }

    /// Whether a client asks for its own place, in a room where everybody may choose his.
    static boolean isOwnPlace(Room room, String cookie, JsonObject request) {
        String id = memberId(request);
        return room.profile().isTrue(ProfileParam.OWN_POSITION)
                && isPosition(request)
                && room.members().stream().anyMatch(member -> Integer.toString(member.id()).equals(id) && member.cookie().equals(cookie));
    }

    /// @param request `data` of the broadcast
    /// @return `data` of the answer
    static JsonObject run(Room room, JsonObject request) {
        String command = request.string("command").orElse("").toLowerCase(Locale.ROOT);
        return switch (command) {
            case "kick" -> text(room, command, List.of(memberId(request)));
            case "lock", "unlock" -> text(room, command, List.of());
            case "play", "stop" -> text(room, command, value(request).map(List::of).orElse(List.of()));
            case "recording" -> text(room, command, Stream.concat(
                    Stream.of(valueAt(request, 0).orElse(""), valueAt(request, 1).orElse("all")), valueAt(request, 2).stream()).toList());
            case "transfer" -> transfer(room, request);
            case "vmute", "unvmute", "tvmute", "vid-floor" -> text(room, command, withValue(memberId(request), request));
            case "mute", "unmute", "tmute", "deaf", "undeaf", "volume_in", "volume_out", POSITION ->
                text(room, command, withValue(memberId(request), request));
            case "list-videolayouts" -> layouts(room);
            case "canvasinfo" -> canvases(room, request);
            case "vid-layout", "vid-write-png" -> text(room, command, List.of(valueAt(request, 0).orElse(""), valueAt(request, 1).orElse("all")));
            case "vid-res-id", "vid-layer", "vid-canvas", "vid-watching-canvas", "vid-banner" ->
                text(room, command, withValue(memberId(request), request));
            case "reset-layer" -> layer(room, request, Optional.of("reset"));
            case "layer-pan-x" -> layer(room, request, pan(request, "x:"));
            case "layer-pan-y" -> layer(room, request, pan(request, "y:"));
            case "zoom-layer" -> layer(room, request, zoom(request));
            default -> INVALID;
        };
    }

    /// Clients count canvases from 0, as they are told of them.
    private static JsonObject layer(Room room, JsonObject request, Optional<String> how) {
        Optional<Integer> canvas = number(request, "canvasID").filter(one -> one >= 0);
        Optional<Integer> layer = number(request, "layerID").filter(one -> one >= 0);
        if (canvas.isEmpty() || layer.isEmpty() || how.isEmpty()) {
            return INVALID;
        }
        return text(room, "cam", Stream.concat(Stream.of(Integer.toString(canvas.get() + 1), layer.get().toString()), Stream.of(how.get().split(" "))).toList());
    }

    private static Optional<String> pan(JsonObject request, String axis) {
        boolean absolute = number(request, "absolute").filter(one -> one != 0).isPresent();
        return number(request, "metric").map(by -> "pan " + axis + by + (absolute ? "a" : ""));
    }

    private static Optional<String> zoom(JsonObject request) {
        Optional<JsonObject> dimensions = request.object("dimensions");
        List<String> four = Stream.of("x", "y", "w", "h").flatMap(name -> dimensions.flatMap(one -> number(one, name)).filter(one -> one >= 0).stream())
                .map(one -> one.toString()).toList();
        return four.size() == 4 ? Optional.of("zoom " + String.join(":", four)) : Optional.empty();
    }

    /// Clients measure pixels in fractions of them.
    private static Optional<Integer> number(JsonObject request, String name) {
        return request.get(name).flatMap(value -> value instanceof JsonNumber(String text) && NUMBER.matcher(text).matches()
                ? Optional.of((int) Double.parseDouble(text)) : Optional.empty());
    }

    private static JsonObject text(Room room, String command, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(arguments);
        String reply = RoomApi.run(room, words);
        return response(room, String.join(" ", words), reply);
    }

    private static List<String> withValue(String id, JsonObject request) {
        return value(request).map(value -> List.of(id, value)).orElse(List.of(id));
    }

    /// `"0007"`, `"7"` and `7` all mean member 7; anything else means nobody.
    private static String memberId(JsonObject request) {
        return memberId(request, "id");
    }

    private static String memberId(JsonObject request, String name) {
        Optional<String> digits = request.get(name).flatMap(id -> switch (id) {
            case JsonString(String text) -> Optional.of(text.strip());
            case JsonNumber(String number) -> Optional.of(number);
            case JsonObject _, JsonArray _, JsonValue.JsonEmbedded _, JsonValue.JsonLiteral _ -> Optional.empty();
        });
        return digits.map(MEMBER_ID::matcher).filter(java.util.regex.Matcher::matches).map(match -> match.group(1)).orElse("0");
    }

    /// Sends a member to an extension in its own context: a moderator chooses where it goes, and not what it may there.
    private static JsonObject transfer(Room room, JsonObject request) {
        String id = memberId(request);
        Optional<Member> member = room.members().stream().filter(one -> Integer.toString(one.id()).equals(id)).findFirst();
        Optional<String> extension = valueAt(request, 0).filter(text -> EXTENSION.matcher(text).matches());
        if (member.isEmpty() || extension.isEmpty()) {
            return INVALID;
        }
        room.maintenance().tell("transfer", member.get(), "Extension", extension.get());
        boolean sent = MemberControls.elsewhere(room, member.get(), "uuid_transfer", extension.get());
        return response()
                .put("conf-command", extension.get())
                .put("response", (sent ? "+OK Call transferred to " : "-ERR Call not transferred to ") + extension.get() + "\n")
                .build();
    }

    private static Optional<String> valueAt(JsonObject request, int at) {
        Optional<String> text = request.get("value").flatMap(value -> value instanceof JsonArray(List<JsonValue> items)
                ? items.stream().limit(MAX_VALUES).skip(at).findFirst().flatMap(JsonValue::asString)
                : at == 0 ? value.asString() : Optional.empty());
        return text.map(String::strip).filter(value -> !value.isEmpty() && value.length() <= MAX_VALUE);
    }

    /// A text, or the first text of a list; numbers do not count.
    private static Optional<String> value(JsonObject request) {
        Optional<String> text = request.get("value").flatMap(value -> value instanceof JsonArray(List<JsonValue> items)
                ? items.stream().limit(MAX_VALUES).flatMap(item -> item.asString().stream()).findFirst()
                : value.asString());
        return text.map(String::strip).filter(value -> !value.isEmpty() && value.length() <= MAX_VALUE);
    }

    private static JsonObject response(Room room, String line, String reply) {
        return response().put("conf-command", room.key().name() + " " + line).put("response", reply).build();
    }

    /// Clients that ask get the layouts of all canvases once more, too.
    private static JsonObject layouts(Room room) {
        room.canvases().ifPresent(Canvases::tellAgain);
        return structured("list-videoLayouts", room.canvases().map(canvases -> LayoutInfo.layouts(canvases.layouts())));
    }

    private static JsonObject canvases(Room room, JsonObject request) {
        String id = request.get("memberID").isPresent() ? memberId(request, "memberID") : "";
        Optional<Member> member = room.members().stream().filter(one -> Integer.toString(one.id()).equals(id)).findFirst();
        return structured("canvasInfo", room.canvases().map(canvases -> LayoutInfo.canvases(canvases.all(), member)));
    }

    /// A room without canvases has no layouts either; clients ask for both all the same.
    private static JsonObject structured(String command, Optional<JsonArray> data) {
        return response()
                .put("conf-command", command)
                .put("response", "OK")
                .put("responseData", data.orElse(new JsonArray(List.of())))
                .build();
    }

    private static JsonObjectBuilder response() {
        return new JsonObjectBuilder().put("action", "response");
    }
}
