package io.jverto.conference;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whom a command means: an id, `all`, `last`, `non_moderator`, or `<variable>=<value>` of a member's channel (conference.md section 14).
final class Targets {
    private Targets() {}

    static String each(Room room, List<String> arguments, RoomVerb.OnMember run) {
        String target = arguments.getFirst();
        List<Member> members = find(room, target);
        if (members.isEmpty() && isNumber(target)) {
            return "-ERR Non-Existant ID " + target + "\n"; // spelt as scripts know it
        }
        if (members.isEmpty() && !isGroup(target)) {
            return "-ERR Non-Existant member\n";
        }
        String value = arguments.size() > 1 ? arguments.get(1) : "";
        return members.stream().map(member -> run.run(room, member, value)).collect(Collectors.joining());
    }

    static List<Member> find(Room room, String target) {
        int equals = target.indexOf('=');
        Predicate<Member> chosen = switch (target.toLowerCase(Locale.ROOT)) {
            case "all" -> member -> true;
            case "non_moderator" -> member -> !member.moderator();
            case "last" -> {
                int last = room.members().stream().max(Comparator.comparingInt(Member::id)).map(Member::id).orElse(0);
                yield member -> member.id() == last;
            }
            default -> equals > 0
                    ? member -> target.substring(equals + 1).equals(member.seat().request().arrival().variables().get(target.substring(0, equals)))
                    : member -> Integer.toString(member.id()).equals(target);
        };
        return room.members().stream().filter(chosen).toList();
    }

    private static boolean isGroup(String target) {
        return List.of("all", "last", "non_moderator").contains(target.toLowerCase(Locale.ROOT));
    }

    static boolean isNumber(String target) {
        return !target.isEmpty() && target.length() < 10 && target.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
