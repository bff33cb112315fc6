package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonEmbedded;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import java.util.List;
import java.util.Map;

/// A member as the live array shows it: seven columns, of which the fifth is the status as JSON text (verto-wire.md section 9.5).
/// Every row goes to everybody in the room, so what a client says of itself is bounded here.
@OwnedBy(Role.ROOM)
final class MemberRow {
    private static final int MAX_NAME = 256;
    private static final int MAX_VARIABLES = 64;
    /// Characters of all names and values together.
    private static final int MAX_VARIABLES_LENGTH = 8_192;

    private final JsonString id;
    private final JsonString number;
    private final JsonString name;
    private final JsonString codec;
    private final boolean moderator;
    private JsonObject variables;

    MemberRow(int id, JoinRequest request, boolean moderator) {
        // A missing text must not move the columns (verto-wire.md section 9.5), so each is there, if empty.
        this.id = new JsonString(String.format("%04d", id));
        this.number = cut(request.caller().callerNumber());
        this.name = cut(request.caller().callerName());
        this.codec = cut(request.codec());
        this.moderator = moderator;
        this.variables = bounded(request.memberVariables());
    }

    /// What may change of a member.
    ///
    /// @param energy smoothed mean magnitude of what it says, when the row was made
    /// @param video what is shown of its video, false for a call without
    /// @param videoWords the same for `oldStatus`
    record Status(boolean muted, boolean deaf, boolean held, boolean talking, boolean floor, int energy, JsonValue video, String videoWords) {}

    /// @return whether others see anything else now
    boolean says(Map<String, String> changed) {
        JsonObject before = variables;
        variables = bounded(changed);
        return !variables.equals(before);
    }

    JsonValue show(Status now) {
        JsonObjectBuilder status = new JsonObjectBuilder()
                .put("audio", new JsonObjectBuilder()
                        .put("muted", now.muted())
                        .put("deaf", now.deaf())
                        .put("onHold", now.held())
                        .put("talking", now.talking())
                        .put("floor", now.floor())
                        .put("energyScore", now.energy())
                        .build())
                .put("video", now.video())
                .put("oldStatus", words(now) + now.videoWords());
        if (moderator) {
            status.put("role", "moderator"); // an extension: everybody sees who leads the room
        }
        return new JsonArray(List.of(id, number, name, codec, new JsonEmbedded(status.build()), variables, JsonLiteral.NULL));
    }

    private static String words(Status now) {
        if (now.muted()) {
            return "MUTE";
        }
        if (now.held()) {
            return "HOLD";
        }
        if (now.floor()) {
            return now.talking() ? "TALKING (FLOOR)" : "FLOOR";
        }
        return now.talking() ? "TALKING" : "ACTIVE";
    }

    private static JsonString cut(String text) {
        return new JsonString(text.substring(0, Math.min(MAX_NAME, text.length())));
    }

    private static JsonObject bounded(Map<String, String> variables) {
        JsonObjectBuilder kept = new JsonObjectBuilder();
        int left = MAX_VARIABLES_LENGTH;
        int count = 0;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            int length = variable.getKey().length() + variable.getValue().length();
            if (length <= left && count < MAX_VARIABLES) {
                kept.put(variable.getKey(), variable.getValue());
                left -= length;
                count++;
            }
        }
        return kept.build();
    }
}
