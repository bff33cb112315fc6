package io.jverto.conference;

import io.jverto.base.count.Budget;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.LiveArray;
import io.jverto.switchboard.event.LiveArrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What a room tells its members' clients: the live array, private events, answers to moderators (verto-wire.md section 9). A member's
/// row is pushed [#GAP_NANOS] after the one before at the latest, and then as it is at that time.
@OwnedBy(Role.ROOM)
final class RoomEvents {
    /// Four rows a second for each member, of which two may come together; talk changes of a busy room would be most of all traffic otherwise.
    static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /// Changed rows of one room in a second, times those who are told: 100 changes in a room of 1,000. What is over waits, and is told as it
    /// is then.
    static final int MAX_DELIVERIES = 100_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String SITE_DATA = "conference_verto_";

    private final Outside outside;
    private final RoomChannels channels;
    private final LiveArray array;
    private final Set<Member> waiting = new LinkedHashSet<>();
    private final Budget deliveries;
    private final int canvasCount;
    private int rows;
    private long retryNanos = Long.MIN_VALUE;

    RoomEvents(RoomKey key, Outside outside, int canvasCount, long nowNanos) {
        this.outside = outside;
        this.canvasCount = canvasCount;
        this.deliveries = new Budget(MAX_DELIVERIES, MAX_DELIVERIES, nowNanos);
        this.channels = RoomChannels.of(key);
        this.array = outside.arrays().open(channels.liveArray(), channels.arrayName());
    }

    /// What all rooms share.
    ///
    /// @param globals the switch's global variables; `conference_verto_x` goes to clients as `x`
    record Outside(EventChannels channels, LiveArrays arrays, Supplier<Map<String, String>> globals) {}

    /// In the order that clients know: the row, the rights, the private event (verto-wire.md section 9.2).
    void joined(Member member, long nowNanos) {
        if (!member.ghost()) {
            JsonValue row = member.row();
            member.shown(row, nowNanos);
            array.add(member.key(), row);
            rows++;
        }
        announce(member);
    }

    /// Tells a member's client where it is; again when it has come back, for its rights ended with its connection.
    void announce(Member member) {
        String cookie = member.cookie();
        if (cookie.isEmpty()) {
            return; // a telephone
        }
        rights(member).forEach(channel -> outside.channels().grant(cookie, channel));
        outside.channels().send(cookie, privateEvent(member, "conference-liveArray-join"));
    }

    /// @param stayed the members that are left
    void left(Member member, List<Member> stayed) {
        waiting.remove(member);
        if (!member.ghost()) {
            array.del(member.key());
            rows--;
        }
        String cookie = member.cookie();
        if (!cookie.isEmpty()) {
            // A session may be here twice, with a screen for instance: what the other seat gives, it keeps.
            rights(member).stream()
                    .filter(channel -> stayed.stream()
                            .noneMatch(other -> other.cookie().equals(cookie) && rights(other).contains(channel)))
                    .forEach(channel -> outside.channels().revoke(cookie, channel));
            outside.channels().send(cookie, privateEvent(member, "conference-liveArray-part"));
        }
        if (stayed.isEmpty()) {
            array.clear();
        }
    }

    /// A member may have changed.
    ///
    /// @param atOnce whatever was pushed before
    void changed(Member member, long nowNanos, boolean atOnce) {
        JsonValue row = member.row();
        if (row.equals(member.lastShown())) {
            waiting.remove(member);
        } else if ((atOnce || nowNanos - member.showsNextNanos(GAP_NANOS) >= 0) && mayTell(nowNanos)) {
            waiting.remove(member);
            member.shown(row, nowNanos);
            array.modify(member.key(), row);
        } else {
            waiting.add(member);
        }
    }

    /// Pushes the rows whose time has come.
    void onTimeout(long nowNanos) {
        for (Iterator<Member> members = waiting.iterator(); members.hasNext(); ) {
            Member member = members.next();
            if (nowNanos - member.showsNextNanos(GAP_NANOS) >= 0) {
                if (!mayTell(nowNanos)) {
                    return;
                }
                members.remove();
                JsonValue row = member.row();
                member.shown(row, nowNanos);
                array.modify(member.key(), row);
            }
        }
    }

    /// @return when [#onTimeout] wants to be called, `Long.MAX_VALUE` for never
    long deadlineNanos() {
        long earliest = Long.MAX_VALUE;
        for (Member member : waiting) {
            earliest = Math.min(earliest, member.showsNextNanos(GAP_NANOS));
        }
        return Math.max(earliest, retryNanos);
    }

    private boolean mayTell(long nowNanos) {
        boolean may = nowNanos >= retryNanos && deliveries.take(nowNanos, rows);
        if (!may && nowNanos >= retryNanos) {
            retryNanos = nowNanos + RETRY_NANOS;
        }
        return may;
    }

    /// Answers a moderator, and lets the other moderators see it (verto-wire.md section 9.7).
    void respond(JsonObject data) {
        outside.channels().publish(onModeration(data));
    }

    /// Answers somebody who is no moderator.
    void respondTo(String cookie, JsonObject data) {
        outside.channels().send(cookie, onModeration(data));
    }

    /// Tells of a layout (verto-wire.md section 9.8).
    void layout(JsonObject eventData) {
        outside.channels().publish(new JsonObjectBuilder().put("eventData", eventData).put("eventChannel", channels.info()).build());
    }

    /// Tells a member's client who is where in its gallery.
    void gallery(Member member, JsonObject data) {
        outside.channels().send(member.cookie(), new JsonObjectBuilder().put("data", data).put("eventChannel", channels.info()).build());
    }

    void close() {
        outside.arrays().close(array);
    }

    private JsonObject onModeration(JsonObject data) {
        return new JsonObjectBuilder().put("data", data).put("eventChannel", channels.moderation()).build();
    }

    /// The moderators' channel is theirs: the reference server grants it to everybody and only withholds the name.
    private List<String> rights(Member member) {
        return member.moderator()
                ? List.of(channels.liveArray(), channels.chat(), channels.info(), channels.moderation())
                : List.of(channels.liveArray(), channels.chat(), channels.info());
    }

    private JsonObject privateEvent(Member member, String action) {
        JsonObjectBuilder data = new JsonObjectBuilder()
                .put("callID", member.key())
                .put("action", action)
                .put("laChannel", channels.liveArray())
                .put("laName", channels.arrayName())
                .put("role", member.moderator() ? "moderator" : "participant")
                .put("chatID", channels.chatId())
                .put("conferenceMemberID", Integer.toString(member.id()))
                .put("canvasCount", canvasCount);
        if (member.has(MemberFlag.SECOND_SCREEN)) {
            data.put("secondScreen", true);
        }
        if (member.moderator()) {
            data.put("modChannel", channels.moderation());
        }
        data.put("chatChannel", channels.chat()).put("infoChannel", channels.info());
        outside.globals().get().forEach((name, value) -> {
            if (name.startsWith(SITE_DATA) && name.length() > SITE_DATA.length()) {
                data.put(name.substring(SITE_DATA.length()), value);
            }
        });
        return new JsonObjectBuilder()
                .put("pvtData", data.build())
                .put("eventChannel", member.cookie())
                .put("eventType", "channelPvtData")
                .build();
    }
}
