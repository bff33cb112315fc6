package io.jverto.conference;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The commands of one room, on its own thread (conference.md sections 14 and 15).
final class RoomApi {
    /// Steps of volume up and down (conference.md section 10).
    private static final int LOUDEST = 4;
    private static final Pattern LEVEL = Pattern.compile("[+-]?[0-9]{1,3}");

    private RoomApi() {}

    /// @param words the command and its arguments; the room's name is off
    static String run(Room room, List<String> words) {
        String command = words.getFirst().toLowerCase(Locale.ROOT);
        List<String> arguments = words.subList(1, words.size());
        return switch (command) {
            case "list" -> list(room, arguments);
            case "summary" -> header(room); // asked by `conference list summary`
            case "count" -> room.members().size() + "\n";
            case "mute", "unmute", "tmute", "deaf", "undeaf", "kick", "hup", "volume_in", "volume_out" ->
                onMembers(room, command, arguments);
            default -> "-ERR Conference command '" + words.getFirst() + "' not found.\n";
        };
    }

    private static String header(Room room) {
        int members = room.members().size();
        String count = members + (members == 1 ? " member" : " members");
        return "+OK Conference " + room.key().name() + " (" + count + " rate: " + room.profile().rateHz()
                + " flags: running|answered|dynamic)\n";
    }

    private static String list(Room room, List<String> arguments) {
        String how = arguments.isEmpty() ? "" : arguments.getFirst().toLowerCase(Locale.ROOT);
        return switch (how) {
            case "summary" -> header(room);
            case "count" -> room.members().size() + "\n";
            case "pretty" -> lines(room, Member::pretty);
            case "delim" -> lines(room, member -> member.listed(arguments.size() > 1 ? arguments.get(1) : ";"));
            default -> lines(room, member -> member.listed(";"));
        };
    }

    private static String lines(Room room, Function<Member, String> line) {
        return room.members().stream().map(member -> line.apply(member) + "\n").collect(Collectors.joining());
    }

    private static String onMembers(Room room, String command, List<String> arguments) {
        if (arguments.isEmpty()) {
            return command + " <[member_id|all|last|non_moderator]>\n";
        }
        String target = arguments.getFirst();
        List<Member> members = targets(room, target);
        if (members.isEmpty() && isNumber(target)) {
            return "-ERR Non-Existant ID " + target + "\n"; // spelt as scripts know it
        }
        if (members.isEmpty() && !isGroup(target)) {
            return "-ERR Non-Existant member\n";
        }
        String value = arguments.size() > 1 ? arguments.get(1) : "";
        return members.stream().map(member -> apply(room, command, member, value)).collect(Collectors.joining());
    }

    private static List<Member> targets(Room room, String target) {
        Predicate<Member> chosen = switch (target.toLowerCase(Locale.ROOT)) {
            case "all" -> member -> true;
            case "non_moderator" -> member -> !member.moderator();
            case "last" -> {
                Optional<Member> last = room.members().stream().reduce((one, other) -> other);
                yield member -> last.filter(newest -> newest == member).isPresent();
            }
            default -> member -> Integer.toString(member.id()).equals(target);
        };
        return room.members().stream().filter(chosen).toList();
    }

    private static boolean isGroup(String target) {
        return List.of("all", "last", "non_moderator").contains(target.toLowerCase(Locale.ROOT));
    }

    private static boolean isNumber(String target) {
        return !target.isEmpty() && target.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static String apply(Room room, String command, Member member, String value) {
        if (command.equals("volume_in")) {
            level(value, member.volumeIn()).ifPresent(member::volumeIn);
            return "+OK Volume IN " + member.id() + " = " + member.volumeIn() + "\n";
        }
        if (command.equals("volume_out")) {
            level(value, member.volumeOut()).ifPresent(member::volumeOut);
            return "+OK Volume OUT " + member.id() + " = " + member.volumeOut() + "\n";
        }
        String done = command.equals("tmute") ? member.muted() ? "unmute" : "mute" : command;
        switch (done) {
            case "mute" -> member.set(true, member.deaf());
            case "unmute" -> member.set(false, member.deaf());
            case "deaf" -> member.set(member.muted(), true);
            case "undeaf" -> member.set(member.muted(), false);
            default -> room.expel(member); // kick and hup: there is no sound to leave out yet
        }
        return "+OK " + (done.equals("kick") ? "kicked" : done) + " " + member.id() + "\n";
    }

    /// @return the level that a value asks for; nothing when it is only asked what there is
    private static OptionalInt level(String value, int now) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> OptionalInt.empty();
            case "up" -> OptionalInt.of(Math.min(now + 1, LOUDEST));
            case "down" -> OptionalInt.of(Math.max(now - 1, -LOUDEST));
            default -> LEVEL.matcher(value).matches()
                    ? OptionalInt.of(Math.clamp(Integer.parseInt(value), -LOUDEST, LOUDEST))
                    : OptionalInt.empty();
        };
    }
}
