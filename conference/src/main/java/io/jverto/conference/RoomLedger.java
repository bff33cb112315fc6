package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.RoomRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who was in a room and who was not let in, for its record (conference.md section 19). Of a room that never ends the first are kept.
@OwnedBy(Role.ROOM)
final class RoomLedger {
    static final int MOST_MEMBERS = 10_000;
    static final int MOST_ATTEMPTS = 1_000;
    private static final int MAX_TEXT = 256;

    private final Room room;
    private final Instant began;
    private final Map<Member, Instant> joined = new LinkedHashMap<>();
    private final List<String> entries = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final Map<Path, Instant> recordings = new LinkedHashMap<>();

    RoomLedger(Room room, Instant began) {
        this.room = room;
        this.began = began;
    }

    private boolean wanted() {
        return !room.profile().text(ProfileParam.CDR_LOG_DIR).isEmpty() || tells();
    }

    private boolean tells() {
        return List.of("content", "file").contains(room.profile().text(ProfileParam.CDR_EVENT_MODE));
    }

    void joined(Member member) {
        if (wanted() && entries.size() + joined.size() < MOST_MEMBERS) {
            joined.put(member, member.joined());
        }
    }

    void left(Member member, Instant now) {
        Instant at = joined.remove(member);
        if (at == null) {
            return;
        }
        StringBuilder out = new StringBuilder("    <member type=\"caller\">\n");
        times(out, at, now);
        out.append("     <flags>\n");
        flag(out, "is_moderator", member.moderator());
        flag(out, "end_conference", member.has(MemberFlag.ENDCONF));
        flag(out, "was_kicked", member.kicked());
        flag(out, "is_ghost", member.ghost());
        out.append("     </flags>\n");
        profile(out, "     ", member.seat().request());
        entries.add(out.append("    </member>\n").toString());
    }

    void refused(JoinRequest request, Join.Why why, Instant now) {
        String reason = switch (why) {
            case PIN -> request.arrival().pin().isEmpty() ? "" : "invalid_pin"; // who was not asked yet has not been rejected
            case LOCKED -> "conference_locked";
            case FULL -> "max_members_reached";
            case JOIN_ONLY, UNABLE -> "";
        };
        if (!wanted() || reason.isEmpty() || rejected.size() >= MOST_ATTEMPTS) {
            return;
        }
        StringBuilder out = new StringBuilder("    <attempt>\n");
        element(out, "     ", "reason", reason);
        time(out, "     ", "reject_time", now);
        profile(out, "     ", request);
        rejected.add(out.append("    </attempt>\n").toString());
    }

    void recording(Path path, Instant now) {
        if (wanted() && entries.size() < MOST_MEMBERS) {
            recordings.put(path, now);
        }
    }

    void recorded(Path path, Instant now) {
        Instant at = recordings.remove(path);
        if (at != null) {
            StringBuilder out = new StringBuilder("    <member type=\"recording_node\">\n");
            times(out, at, now);
            element(out, "     ", "record_path", path.toString());
            entries.add(out.append("    </member>\n").toString());
        }
    }

    /// Gives the record away, and tells of it where the profile wants that.
    ///
    /// @param forced whether `endconf-grace-time` ended the room
    void close(boolean forced, Instant now) {
        if (!wanted()) {
            return;
        }
        List.copyOf(recordings.keySet()).forEach(path -> recorded(path, now));
        String folder = room.profile().text(ProfileParam.CDR_LOG_DIR);
        String xml = xml(forced, now);
        String name = room.state().uuid + ".cdr.xml";
        if (!folder.isEmpty()) {
            room.around().world().records().ended(new RoomRecords.RoomRecord(folder, name, xml));
        }
        if (tells()) {
            boolean content = room.profile().text(ProfileParam.CDR_EVENT_MODE).equals("content") || folder.isEmpty();
            room.maintenance().record(content ? xml : "", content ? "" : name);
        }
    }

    private String xml(boolean forced, Instant now) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n<cdr>\n <conference>\n");
        element(out, "  ", "name", room.key().name());
        element(out, "  ", "hostname", room.around().world().routing().get().globals().getOrDefault("hostname", ""));
        element(out, "  ", "rate", Integer.toString(room.profile().rateHz()));
        element(out, "  ", "interval", "20");
        time(out, "  ", "start_time", began);
        out.append("  <end_time type=\"UNIX-epoch\" endconference_forced=\"").append(forced).append("\">").append(now.getEpochSecond()).append("</end_time>\n");
        out.append("  <members>\n");
        entries.forEach(out::append);
        out.append("  </members>\n  <rejected>\n");
        rejected.forEach(out::append);
        return out.append("  </rejected>\n </conference>\n</cdr>\n").toString();
    }

    private static void times(StringBuilder out, Instant joined, Instant left) {
        time(out, "     ", "join_time", joined);
        time(out, "     ", "leave_time", left);
    }

    private static void flag(StringBuilder out, String name, boolean set) {
        element(out, "      ", name, Boolean.toString(set));
    }

    private static void profile(StringBuilder out, String indent, JoinRequest request) {
        CallerProfile caller = request.caller();
        out.append(indent).append("<caller_profile>\n");
        String deeper = indent + " ";
        element(out, deeper, "username", caller.username());
        element(out, deeper, "dialplan", caller.dialplan());
        element(out, deeper, "caller_id_name", caller.callerName());
        element(out, deeper, "caller_id_number", caller.callerNumber());
        element(out, deeper, "callee_id_name", caller.calleeName());
        element(out, deeper, "callee_id_number", caller.calleeNumber());
        element(out, deeper, "ani", caller.ani());
        element(out, deeper, "aniii", caller.aniii());
        element(out, deeper, "network_addr", caller.networkAddress());
        element(out, deeper, "rdnis", caller.rdnis());
        element(out, deeper, "destination_number", caller.destination());
        element(out, deeper, "uuid", request.channel().id().value());
        element(out, deeper, "source", caller.source());
        element(out, deeper, "context", caller.context());
        element(out, deeper, "chan_name", caller.channelName());
        out.append(indent).append("</caller_profile>\n");
    }

    private static void time(StringBuilder out, String indent, String name, Instant at) {
        out.append(indent).append('<').append(name).append(" type=\"UNIX-epoch\">").append(at.getEpochSecond()).append("</").append(name).append(">\n");
    }

    private static void element(StringBuilder out, String indent, String name, String text) {
        String cut = text.substring(0, Math.min(MAX_TEXT, text.length()));
        out.append(indent).append('<').append(name).append('>').append(RoomListing.escaped(cut)).append("</").append(name).append(">\n");
    }
}
