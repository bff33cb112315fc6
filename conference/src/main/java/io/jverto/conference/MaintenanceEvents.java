package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The events `conference::maintenance` of one room (conference.md section 16).
@OwnedBy(Role.ROOM)
final class MaintenanceEvents {
    private static final String SUBCLASS = "conference::maintenance";
    private static final String RECORD_SUBCLASS = "conference::cdr";
    private static final String RECORD = "record";
    /// What one word of `suppress-events` covers beside itself.
    private static final Map<String, String> COVERED_BY = Map.ofEntries(
            Map.entry("unmute-member", "mute-member"),
            Map.entry("vmute-member", "mute-member"),
            Map.entry("unvmute-member", "mute-member"),
            Map.entry("unhold-member", "hold-member"),
            Map.entry("start-recording", RECORD),
            Map.entry("stop-recording", RECORD),
            Map.entry("pause-recording", RECORD),
            Map.entry("resume-recording", RECORD));

    private final CoreEvents events;
    private final RoomKey key;
    private final RoomProfile profile;
    private final RoomState state;
    private final Set<String> suppressed;
    private int members;
    private int ghosts;

    MaintenanceEvents(CoreEvents events, RoomKey key, RoomProfile profile, RoomState state) {
        this.events = events;
        this.key = key;
        this.profile = profile;
        this.state = state;
        this.suppressed = Arrays.stream(profile.text(ProfileParam.SUPPRESS_EVENTS).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !word.equals("add-member"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// How many there are from now on.
    void size(int nowMembers, int nowGhosts) {
        members = nowMembers;
        ghosts = nowGhosts;
    }

    /// @param more pairs of names and values
    void tell(String action, String... more) {
        if (isWanted(action)) {
            events.custom(SUBCLASS, with(room(action), more));
        }
    }

    /// Of a member.
    ///
    /// @param more pairs of names and values
    void tell(String action, Member member, String... more) {
        if (!isWanted(action)) {
            return;
        }
        Map<String, String> headers = room(action);
        headers.putAll(member.seat().request().arrival().headers());
        if (profile.isTrue(ProfileParam.VERBOSE_EVENTS)) {
            member.seat().request().arrival().variables().forEach((name, value) -> {
                if (RoomState.isName(name)) {
                    headers.put("variable_" + name, value);
                }
            });
        }
        headers.putAll(member.headers());
        headers.put("Action", action);
        events.custom(SUBCLASS, with(headers, more));
    }

    /// Tells of the room's record (conference.md section 19), by another event.
    ///
    /// @param xml its content, empty when only its file is told
    void record(String xml, String fileName) {
        if (events.heard(EventName.CUSTOM, RECORD_SUBCLASS)) {
            Map<String, String> headers = room("cdr");
            headers.remove("Action");
            headers.put("CDR-Source", RECORD_SUBCLASS);
            if (!fileName.isEmpty()) {
                headers.put("CDR-Path", fileName);
            }
            events.custom(RECORD_SUBCLASS, headers, xml);
        }
    }

    /// Tells who watches the lamp of a room that nobody is in (conference.md section 22).
    static void advertise(CoreEvents events, ConferenceSettings.Advertised room) {
        events.publish(EventName.PRESENCE_IN, () -> {
            Map<String, String> headers = lamp(room.address());
            headers.put("status", room.status());
            headers.put("rpid", "unknown");
            return headers;
        });
    }

    private static Map<String, String> lamp(String address) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("proto", "conf");
        headers.put("login", address);
        headers.put("from", address);
        headers.put("event_type", "presence");
        headers.put("alt_event_type", "dialog");
        return headers;
    }

    /// Tells who watches the room's lamp how many are in it (conference.md section 16).
    ///
    /// @param ended it is no more
    void presence(boolean ended) {
        events.publish(EventName.PRESENCE_IN, () -> {
            Map<String, String> headers = lamp(key.toString());
            headers.put("status", "Active (" + members + (members == 1 ? " caller)" : " callers)"));
            headers.put("rpid", "unknown");
            headers.put("channel-state", ended ? "CS_HANGUP" : "CS_ROUTING");
            headers.put("answer-state", ended ? "terminated" : members == 1 ? "early" : "confirmed");
            headers.put("presence-call-direction", ended ? "inbound" : "outbound");
            headers.put("unique-id", state.uuid);
            return headers;
        });
    }

    private boolean isWanted(String action) {
        return events.heard(EventName.CUSTOM, SUBCLASS) && !suppressed.contains(action) && !suppressed.contains(COVERED_BY.getOrDefault(action, ""));
    }

    private Map<String, String> room(String action) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Conference-Name", key.name());
        headers.put("Conference-Domain", key.domain());
        headers.put("Conference-Size", Integer.toString(members));
        headers.put("Conference-Ghosts", Integer.toString(ghosts));
        headers.put("Conference-Profile-Name", profile.name());
        headers.put("Conference-Unique-ID", state.uuid);
        state.variables.forEach(headers::putIfAbsent);
        headers.put("Action", action);
        return headers;
    }

    private static Map<String, String> with(Map<String, String> headers, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }
}
