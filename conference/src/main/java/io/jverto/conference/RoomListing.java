package io.jverto.conference;

import io.jverto.switchboard.command.JsonStrings;
import io.jverto.switchboard.port.CallerProfile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What lists say of a room (conference.md section 15).
final class RoomListing {
    private RoomListing() {}

    static long runSeconds(Room room) {
        return TimeUnit.NANOSECONDS.toSeconds(room.around().time().nanoTime() - room.state().startedNanos);
    }

    static String header(Room room) {
        int members = room.counted();
        String count = members + (members == 1 ? " member" : " members");
        return "+OK Conference " + Member.printable(room.key().name()) + " (" + count + " rate: " + room.profile().rateHz()
                + (room.state().locked ? " locked" : "") + " flags: " + String.join("|", words(room)) + ")\n";
    }

    private static List<String> words(Room room) {
        List<String> words = new ArrayList<>();
        flags(room).forEach((word, set) -> {
            if (set) {
                words.add(word);
            }
        });
        return words;
    }

    private static Map<String, Boolean> flags(Room room) {
        RoomState state = room.state();
        Map<String, Boolean> flags = new LinkedHashMap<>();
        flags.put("locked", state.locked);
        flags.put("destruct", false);
        flags.put("wait_mod", state.waiting);
        flags.put("audio_always", state.flags.contains(ConferenceFlag.AUDIO_ALWAYS));
        flags.put("running", true);
        flags.put("answered", true);
        flags.put("enforce_min", state.least > 1);
        flags.put("bridge_to", state.bridged);
        flags.put("dynamic", true);
        flags.put("exit_sound", state.exitSounds);
        flags.put("enter_sound", state.enterSounds);
        flags.put("recording", !room.stage().recordings().all().isEmpty());
        flags.put("video_floor_only", state.flags.contains(ConferenceFlag.VIDEO_FLOOR_ONLY));
        flags.put("video_rfc4579", state.flags.contains(ConferenceFlag.RFC_4579));
        flags.put("livearray_sync", room.profile().flags().contains(ConferenceFlag.LIVEARRAY_SYNC));
        flags.put("video_floor_lock", room.members().stream().anyMatch(room.videoFloor()::isGivenTo));
        flags.put("video_muxing", room.canvases().isPresent());
        flags.put("minimize_video_encoding", state.flags.contains(ConferenceFlag.MINIMIZE_VIDEO_ENCODING));
        flags.put("manage_inbound_bitrate", state.flags.contains(ConferenceFlag.MANAGE_INBOUND_VIDEO_BITRATE));
        flags.put("json_status", state.flags.contains(ConferenceFlag.LIVEARRAY_JSON_STATUS));
        flags.put("video_bridge_first_two", state.flags.contains(ConferenceFlag.VIDEO_BRIDGE_FIRST_TWO));
        flags.put("video_required_for_canvas", state.flags.contains(ConferenceFlag.VIDEO_REQUIRED_FOR_CANVAS));
        flags.put("personal_canvas", room.canvases().map(Canvases::personal).orElse(false));
        return flags;
    }

    static String list(Room room, List<String> arguments) {
        String how = arguments.isEmpty() ? "" : arguments.getFirst().toLowerCase(Locale.ROOT);
        return switch (how) {
            case "summary" -> header(room);
            case "count" -> room.counted() + "\n";
            case "pretty" -> lines(room, Member::pretty);
            case "delim" -> lines(room, member -> member.listed(arguments.size() > 1 ? arguments.get(1) : ";"));
            default -> lines(room, member -> member.listed(";"));
        };
    }

    private static String lines(Room room, Function<Member, String> line) {
        return room.members().stream().map(member -> line.apply(member) + "\n").collect(Collectors.joining());
    }

    /// One object of `json_list`.
    static String json(Room room) {
        StringBuilder out = new StringBuilder("{");
        out.append("\"conference_name\":").append(JsonStrings.quoted(room.key().name()));
        field(out, "member_count", room.counted());
        field(out, "ghost_count", room.ghosts());
        if (room.state().maxMembers > 0) {
            field(out, "max_members", room.state().maxMembers);
        }
        field(out, "rate", room.profile().rateHz());
        field(out, "run_time", runSeconds(room));
        out.append(",\"conference_uuid\":").append(JsonStrings.quoted(room.state().uuid));
        field(out, "canvas_count", room.canvases().map(Canvases::count).orElse(0));
        field(out, "max_bw_in", 0); // what senders may send is told to each of them alone
        field(out, "force_bw_in", 0);
        field(out, "video_floor_packets", RoomProfile.frames(room.profile().number(ProfileParam.VIDEO_AUTO_FLOOR_MSEC)));
        flags(room).forEach((word, set) -> field(out, word, set));
        out.append(",\"variables\":").append(JsonStrings.object(room.state().variables));
        List<String> members = new ArrayList<>(room.members().stream().map(member -> json(room, member)).toList());
        room.stage().recordings().all().forEach(recorder -> members.add(json(recorder)));
        return out.append(",\"members\":[").append(String.join(",", members)).append("]}").toString();
    }

    private static String json(Room room, Member member) {
        CallerProfile caller = member.seat().request().caller();
        StringBuilder out = new StringBuilder("{\"type\":\"caller\"");
        field(out, "id", member.id());
        out.append(",\"flags\":{");
        StringBuilder flags = new StringBuilder();
        flags(member).forEach((word, set) -> field(flags, word, set));
        out.append(flags.substring(1)).append("}");
        out.append(",\"uuid\":").append(JsonStrings.quoted(member.key()));
        out.append(",\"caller_id_name\":").append(JsonStrings.quoted(caller.callerName()));
        out.append(",\"caller_id_number\":").append(JsonStrings.quoted(caller.callerNumber()));
        field(out, "join_time", joinSeconds(room, member));
        field(out, "last_talking", talkSeconds(room, member));
        field(out, "energy", member.energy());
        field(out, "energy_score", member.heardAs().energy());
        field(out, "volume_in", member.volumeIn());
        field(out, "volume_out", member.volumeOut());
        field(out, "output-volume", member.volumeOut());
        field(out, "input-volume", member.volumeIn());
        return out.append("}").toString();
    }

    private static String json(RoomRecordings.Recorder recorder) {
        StringBuilder out = new StringBuilder("{\"type\":\"recording_node\",\"record_path\":").append(JsonStrings.quoted(recorder.path().toString()));
        if (recorder.paused()) {
            out.append(",\"status\":\"paused\"");
        }
        field(out, "join_time", recorder.since());
        return out.append("}").toString();
    }

    private static Map<String, Boolean> flags(Member member) {
        boolean there = !member.parked();
        Map<String, Boolean> flags = new LinkedHashMap<>();
        flags.put("can_hear", there && !member.deaf());
        flags.put("can_see", there && !member.video().blind());
        flags.put("can_speak", there && !member.muted());
        flags.put("hold", member.parked());
        flags.put("mute_detect", member.has(MemberFlag.MUTE_DETECT));
        flags.put("talking", member.talking());
        flags.put("has_video", member.video().sends());
        flags.put("video_bridge", false);
        flags.put("has_floor", member.hasFloor());
        flags.put("is_moderator", member.moderator());
        flags.put("end_conference", member.has(MemberFlag.ENDCONF));
        flags.put("mandatory_member_end_conference", member.has(MemberFlag.MANDATORY_MEMBER_ENDCONF));
        flags.put("pass_digits", member.has(MemberFlag.DIST_DTMF));
        return flags;
    }

    private static long joinSeconds(Room room, Member member) {
        return room.around().time().wallTime().getEpochSecond() - member.joined().getEpochSecond();
    }

    private static long talkSeconds(Room room, Member member) {
        return member.lastTalkNanos() == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(room.around().time().nanoTime() - member.lastTalkNanos());
    }

    private static void field(StringBuilder out, String name, Object value) {
        out.append(",\"").append(name).append("\":").append(value);
    }

    /// One element of `xml_list`.
    static String xml(Room room) {
        StringBuilder out = new StringBuilder("  <conference name=\"").append(escaped(room.key().name())).append("\" member-count=\"").append(room.counted())
                .append("\" ghost-count=\"").append(room.ghosts()).append("\" rate=\"").append(room.profile().rateHz())
                .append("\" uuid=\"").append(room.state().uuid).append('"');
        words(room).forEach(word -> out.append(' ').append(word).append("=\"true\""));
        out.append(" run_time=\"").append(runSeconds(room)).append("\">\n    <variables>\n");
        room.state().variables.forEach((name, value) ->
                out.append("      <variable name=\"").append(escaped(name)).append("\">").append(escaped(value)).append("</variable>\n"));
        out.append("    </variables>\n    <members>\n");
        room.members().forEach(member -> out.append(xml(room, member)));
        room.stage().recordings().all().forEach(recorder -> out.append("      <member type=\"recording_node\">\n        <record_path>")
                .append(escaped(recorder.path().toString())).append("</record_path>\n        <join_time>").append(recorder.since())
                .append("</join_time>\n").append(recorder.paused() ? "        <flags>\n          <status>paused</status>\n        </flags>\n" : "").append("      </member>\n"));
        return out.append("    </members>\n  </conference>\n").toString();
    }

    private static String xml(Room room, Member member) {
        CallerProfile caller = member.seat().request().caller();
        StringBuilder out = new StringBuilder("      <member type=\"caller\">\n        <id>").append(member.id()).append("</id>\n        <flags>\n");
        flags(member).forEach((word, set) -> {
            if (!word.equals("pass_digits")) {
                element(out, "  " + word, Boolean.toString(set));
            }
        });
        element(out, "  is_ghost", Boolean.toString(member.ghost()));
        out.append("        </flags>\n");
        element(out, "uuid", escaped(member.key()));
        element(out, "caller_id_name", URLEncoder.encode(caller.callerName(), StandardCharsets.UTF_8).replace("+", "%20"));
        element(out, "caller_id_number", URLEncoder.encode(caller.callerNumber(), StandardCharsets.UTF_8).replace("+", "%20"));
        element(out, "join_time", Long.toString(joinSeconds(room, member)));
        element(out, "last_talking", member.lastTalkNanos() == 0 ? "N/A" : Long.toString(talkSeconds(room, member)));
        element(out, "energy", Integer.toString(member.energy()));
        element(out, "energy_score", Integer.toString(member.heardAs().energy()));
        element(out, "volume_in", Integer.toString(member.volumeIn()));
        element(out, "volume_out", Integer.toString(member.volumeOut()));
        element(out, "output-volume", Integer.toString(member.volumeOut()));
        return out.append("      </member>\n").toString();
    }

    private static void element(StringBuilder out, String name, String value) {
        String bare = name.strip();
        out.append("        ").append(name, 0, name.length() - bare.length()).append('<').append(bare).append('>').append(value).append("</").append(bare).append(">\n");
    }

    /// Control characters cannot stand in XML at all.
    static String escaped(String text) {
        return Member.printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
