package io.jverto.conference;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.port.ConferenceService.Outcall;
import io.jverto.switchboard.port.RoomNotice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands that call people into a room or send members elsewhere (conference.md section 14).
final class CallCommands {
    private static final Logger log = LoggerFactory.getLogger(CallCommands.class);
    static final int SECONDS = 60;
    /// A room's name becomes a word of a command that calls.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,200}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[^'\"\\\\{}\\[\\]<>$\\p{Cntrl}]{1,256}");
    private static final Pattern FLAGS = Pattern.compile("[A-Za-z0-9_|,-]{0,200}");
    private static final Pattern WORD = Pattern.compile("[^\\s']{1,2000}");
    private static final Pattern PLAIN = Pattern.compile("[^'\\p{Cntrl}]{0,100}");

    static final List<RoomVerb> ALL = List.of(
            RoomVerb.of("transfer", "<conference>[@<profile>] <member_id>...", 2, "sends members into another room; they keep their ids", CallCommands::transfer),
            RoomVerb.of("bgdial", "<dial string> [<caller number> [<caller name>]]", 1, "calls somebody in; the event `bgdial-result` tells what came of it", CallCommands::bgdial));

    private CallCommands() {}

    private static String transfer(Room room, List<String> words) {
        String target = words.getFirst();
        int at = target.lastIndexOf('@');
        String name = at < 0 ? target : target.substring(0, at);
        String profile = at < 0 ? "default" : target.substring(at + 1);
        StringBuilder reply = new StringBuilder();
        for (String id : words.subList(1, words.size())) {
            Optional<Member> member = room.members().stream().filter(one -> Integer.toString(one.id()).equals(id)).findFirst();
            if (member.isEmpty()) {
                reply.append("-ERR No Member ").append(id).append(" in conference ").append(room.key().name()).append(".\n");
                continue;
            }
            room.maintenance().tell("transfer", member.get(), "Old-Conference-Name", room.key().name(), "New-Conference-Name", name);
            room.expel(member.get(), new RoomNotice.MovedTo(name, profile, member.get().id()));
            reply.append("+OK Member '").append(id).append("' sent to conference ").append(target).append(".\n");
        }
        return reply.toString();
    }

    private static String bgdial(Room room, List<String> words) {
        String job = Tokens.uuid(room.around().world().random());
        Outcall call = ofRoom(outcall(room.key().name(), room.key().domain(), room.profile().name(), words), room.key());
        String line = line(call, room.state().callerName, room.state().callerNumber, room.profile().text(ProfileParam.OUTCALL_TEMPL));
        if (line.isEmpty()) {
            return "-ERR the name of the room, or of the caller, cannot be dialled with\n";
        }
        boolean begun = room.around().jobs().start("room " + room.key() + " calls", () -> {
            Called called = Called.of(run(room.around(), room.key(), line));
            room.inbox().tell(new RoomCommand.Tell("bgdial-result", called.headers(job)));
        });
        return begun ? "+OK Job-UUID: " + job + "\n" : "-ERR too many calls\n";
    }

    /// @return the same call, which ends with the room if nobody has answered by then
    static Outcall ofRoom(Outcall call, RoomKey room) {
        Map<String, String> variables = new LinkedHashMap<>(call.variables());
        variables.put(Ringing.VARIABLE, room.toString());
        return new Outcall(call.name(), call.profile(), call.flags(), call.dialString(), call.callerName(), call.callerNumber(), call.seconds(), variables);
    }

    /// Calls, and waits for what comes of it.
    ///
    /// @return the command's reply
    static String run(Room.Surroundings around, RoomKey room, String line) {
        around.ringing().begins(room);
        try {
            return around.world().commands().run(line);
        } finally {
            around.ringing().ends(room);
        }
    }

    /// @param words dial string, number, name
    /// @param domain of the room; empty for that of whoever answers
    static Outcall outcall(String room, String domain, String profile, List<String> words) {
        return new Outcall(room, profile, "", words.getFirst(), words.size() > 2 ? words.get(2) : "", words.size() > 1 ? words.get(1) : "", SECONDS,
                domain.isEmpty() ? Map.of() : Map.of("domain_name", domain));
    }

    /// @param template what goes before a dial string without a `/`
    /// @return the command that calls; empty where a name would be more than a word of it
    static String line(Outcall call, String callerName, String callerNumber, String template) {
        String name = call.callerName().isEmpty() ? callerName : call.callerName();
        String number = call.callerNumber().isEmpty() ? callerNumber : call.callerNumber();
        boolean fits = NAME.matcher(call.name()).matches() && NAME.matcher(call.profile()).matches() && FLAGS.matcher(call.flags()).matches()
                && PLAIN.matcher(name).matches() && PLAIN.matcher(number).matches() && WORD.matcher(call.dialString()).matches();
        if (!fits) {
            return "";
        }
        String whom = call.dialString().contains("/") ? call.dialString() : template + call.dialString();
        return "originate " + variables(call) + whom + " &conference(" + call.name() + "@" + call.profile() + ") XML default '" + name + "' '" + number + "' "
                + call.seconds();
    }

    /// Those whose values mean nothing in a dial string.
    private static String variables(Outcall call) {
        Map<String, String> all = new LinkedHashMap<>();
        if (!call.flags().isEmpty()) {
            all.put("conference_member_flags", call.flags());
        }
        call.variables().forEach((name, value) -> {
            if (VARIABLE.matcher(name).matches() && VALUE.matcher(value).matches()) {
                all.put(name, value);
            } else {
                log.warn("whom a room calls does not get the variable {}: its value would mean something else in a dial string", LogText.of(name));
            }
        });
        return all.isEmpty() ? "" : all.entrySet().stream().map(one -> one.getKey() + "='" + one.getValue() + "'")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// What came of a call.
    ///
    /// @param result `SUCCESS`, or the cause of the failure
    /// @param channel id of whoever answered; empty where nobody did
    record Called(String result, String channel) {
        /// @param reply of the command that called
        static Called of(String reply) {
            return reply.startsWith("+OK") ? new Called("SUCCESS", reply.substring(3).strip())
                    : new Called(reply.replaceFirst("^-ERR\\s*", "").strip(), "");
        }

        /// Of the event `bgdial-result`.
        List<String> headers(String job) {
            return channel.isEmpty() ? List.of("Result", result, "Job-UUID", job) : List.of("Result", result, "Job-UUID", job, "Peer-UUID", channel);
        }
    }
}
