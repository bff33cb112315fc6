package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.CallerProfile;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Who is in a room and who was, as one document on the channel `conference.<name>` (verto-wire.md section 9.9): to whoever asks, and
/// with `json-events` to all who hear the channel, at most four times a second. Leaves out: media and variables of the members.
@OwnedBy(Role.ROOM)
final class RoomDescription {
    private static final String ACTION = "conferenceDescription";
    /// Members that left and are still told of.
    private static final int MAX_LEFT = 100;
    private static final int MAX_ANSWERS_A_SECOND = 20;
    private static final int MAX_NAME = 256;
    private static final DateTimeFormatter JOIN_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    private final RoomKey key;
    private final RoomProfile.Description profile;
    private final EventChannels events;
    private final Deque<JsonValue> left = new ArrayDeque<>();
    private boolean changed;
    private long pushedNanos;
    private long secondNanos;
    private int answers;

    RoomDescription(RoomKey key, RoomProfile.Description profile, EventChannels events, long nowNanos) {
        this.key = key;
        this.profile = profile;
        this.events = events;
        this.pushedNanos = nowNanos - RoomEvents.GAP_NANOS;
        this.secondNanos = nowNanos;
    }

    void joined() {
        changed = true;
    }

    void left(Member member) {
        left.addLast(user(member, "disconnected"));
        if (left.size() > MAX_LEFT) {
            left.removeFirst();
        }
        changed = true;
    }

    /// @return when [#onTimeout] wants to be called, `Long.MAX_VALUE` for never
    long deadlineNanos() {
        return changed && profile.pushed() ? pushedNanos + RoomEvents.GAP_NANOS : Long.MAX_VALUE;
    }

    void onTimeout(long nowNanos, List<Member> members) {
        if (deadlineNanos() <= nowNanos) {
            push(members);
            pushedNanos = nowNanos;
        }
    }

    /// The room has ended.
    void close(List<Member> members) {
        if (changed && profile.pushed()) {
            push(members);
        }
    }

    /// @param params of the broadcast that asks
    /// @return false when it is asked too often
    boolean answer(String cookie, JsonObject params, List<Member> members, long nowNanos) {
        if (nowNanos - secondNanos >= TimeUnit.SECONDS.toNanos(1)) {
            secondNanos = nowNanos;
            answers = 0;
        }
        answers++;
        if (answers > MAX_ANSWERS_A_SECOND) {
            return false;
        }
        reply(events, cookie, params, document(members).put("action", ACTION).build());
        return true;
    }

    /// Answers for a room that is not there.
    static void answerUnknown(EventChannels events, String cookie, JsonObject params) {
        JsonArray nobody = new JsonArray(List.of());
        reply(events, cookie, params, new JsonObjectBuilder()
                .put("conferenceDescription", describe(""))
                .put("conferenceState", "inactive")
                .put("users", nobody)
                .put("oldUsers", nobody)
                .put("action", ACTION)
                .build());
    }

    /// Answers whoever asks for something else.
    static void refuse(EventChannels events, String cookie, JsonObject params) {
        reply(events, cookie, params, new JsonObjectBuilder().put("error", "Invalid action").put("action", ACTION).build());
    }

    /// With all that the question had; its `sessid`, which the server has set, makes it the asker's alone.
    private static void reply(EventChannels events, String cookie, JsonObject params, JsonObject data) {
        events.send(cookie, new JsonObjectBuilder().putAll(params).put("data", data).build());
    }

    private void push(List<Member> members) {
        changed = false;
        events.publish(new JsonObjectBuilder()
                .put("data", document(members).build())
                .put("eventChannel", RoomChannels.DESCRIPTION + "." + key)
                .build());
    }

    private JsonObjectBuilder document(List<Member> members) {
        return new JsonObjectBuilder()
                .put("entity", key.toString())
                .put("conferenceDescription", describe(profile.text()))
                .put("conferenceState", members.isEmpty() ? "inactive" : "active")
                .put("userCount", Integer.toString(members.size()))
                .put("users", new JsonArray(members.stream().map(member -> user(member, "connected")).toList()))
                .put("oldUsers", new JsonArray(List.copyOf(left)));
    }

    private static String describe(String text) {
        return text.isEmpty() ? "jverto Conference" : text;
    }

    private JsonValue user(Member member, String status) {
        CallerProfile caller = member.seat().request().caller();
        return new JsonObjectBuilder()
                .put("entity", cut(caller.callerNumber()) + "@" + key.domain())
                .put("displayText", cut(caller.callerName()))
                .put("status", status)
                .put("joinTime", JOIN_TIME.format(member.joined()))
                .put("memberId", Integer.toString(member.id()))
                .build();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(MAX_NAME, text.length()));
    }
}
