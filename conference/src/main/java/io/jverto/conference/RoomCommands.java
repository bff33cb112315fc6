package io.jverto.conference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Commands on a room as a whole (conference.md section 14).
final class RoomCommands {
    private static final int MAX_TEXT = 256;

    static final List<RoomVerb> ALL = List.of(
            RoomVerb.of("lock", "", 0, "lets nobody in any more", (room, words) -> lock(room, true)),
            RoomVerb.of("unlock", "", 0, "lets people in again", (room, words) -> lock(room, false)),
            RoomVerb.of("pin", "<digits>|mod <digits>", 1, "the PIN, or that of moderators, from now on", RoomCommands::pin),
            RoomVerb.of("nopin", "", 0, "no PIN any more", RoomCommands::nopin),
            RoomVerb.of("get", "run_time|count|count_ghosts|max_members|rate|profile_name|sound_prefix|caller_id_name|caller_id_number|is_locked|"
                    + "endconference_grace_time|uuid|wait_mod", 1, "one value, bare", (room, words) -> get(room, words.getFirst())),
            RoomVerb.of("set", "max_members|sound_prefix|caller_id_name|caller_id_number|endconference_grace_time <value>", 2,
                    "another value; the reply is the old one", RoomCommands::set),
            RoomVerb.of("getvar", "<name>", 1, "a variable of the room", (room, words) -> room.state().variables.getOrDefault(words.getFirst(), "")),
            RoomVerb.of("setvar", "<name> [<value>]", 1, "sets it, or unsets it", RoomCommands::setvar),
            RoomVerb.of("relate", "<ids> <ids> nospeak|nohear|sendvideo|clear", 0,
                    "`nospeak`: the second do not hear the first; `nohear`: the first do not hear the second; `sendvideo`: the second see the first; without arguments lists", RoomCommands::relate),
            RoomVerb.of("enter_sound", "on|off|none|file <sound>", 1, "what plays when somebody comes",
                    (room, words) -> entrySound(room, words, "enter", on -> room.state().enterSounds = on, file -> room.state().enterSound = file)),
            RoomVerb.of("exit_sound", "on|off|none|file <sound>", 1, "what plays when somebody leaves",
                    (room, words) -> entrySound(room, words, "exit", on -> room.state().exitSounds = on, file -> room.state().exitSound = file)));

    private RoomCommands() {}

    static String lock(Room room, boolean locked) {
        room.state().locked = locked;
        room.maintenance().tell(locked ? "lock" : "unlock");
        room.stage().told(locked ? ProfileParam.IS_LOCKED_SOUND : ProfileParam.IS_UNLOCKED_SOUND);
        return "+OK " + room.key().name() + (locked ? " locked\n" : " unlocked\n");
    }

    private static String pin(Room room, List<String> words) {
        boolean moderators = words.size() > 1 && words.getFirst().equalsIgnoreCase("mod");
        String digits = words.get(moderators ? 1 : 0);
        if (!digits.matches("[0-9]{1,30}")) {
            return "-ERR A pin is digits, 30 at most\n";
        }
        if (moderators) {
            room.state().moderatorPin = digits;
        } else {
            room.state().pin = digits;
        }
        return "+OK Pin for conference " + room.key().name() + " set: " + digits + "\n";
    }

    private static String nopin(Room room, List<String> words) {
        room.state().pin = "";
        return "+OK Pin for conference " + room.key().name() + " cleared\n";
    }

    private static String get(Room room, String name) {
        RoomState state = room.state();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "run_time" -> Long.toString(RoomListing.runSeconds(room));
            case "count" -> Integer.toString(room.counted());
            case "count_ghosts" -> Integer.toString(room.ghosts());
            case "max_members" -> Integer.toString(state.maxMembers);
            case "rate" -> Integer.toString(room.profile().rateHz());
            case "profile_name" -> room.profile().name();
            case "sound_prefix" -> state.soundPrefix;
            case "caller_id_name" -> state.callerName;
            case "caller_id_number" -> state.callerNumber;
            case "is_locked" -> state.locked ? "locked" : "";
            case "endconference_grace_time" -> Integer.toString(state.graceSeconds);
            case "uuid" -> state.uuid;
            case "wait_mod" -> state.waiting ? "true" : "";
            default -> "-ERR " + name + " cannot be asked for\n";
        };
    }

    private static String set(Room room, List<String> words) {
        String value = words.get(1);
        if (value.length() > MAX_TEXT) {
            return "-ERR the value is too long\n";
        }
        String old = get(room, words.getFirst());
        RoomState state = room.state();
        boolean known = switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "max_members" -> number(value, number -> number != 1, number -> state.maxMembers = number);
            case "endconference_grace_time" -> number(value, _ -> true, number -> state.graceSeconds = number);
            case "sound_prefix" -> {
                // what a command names stays in the folder of sounds
                boolean inside = !value.startsWith("/") && !Arrays.asList(value.split("/")).contains("..");
                state.soundPrefix = inside ? value : state.soundPrefix;
                yield inside;
            }
            case "caller_id_name" -> {
                state.callerName = Member.printable(value);
                yield true;
            }
            case "caller_id_number" -> {
                state.callerNumber = Member.printable(value);
                yield true;
            }
            default -> false;
        };
        return known ? old + "\n" : "-ERR " + words.getFirst() + " cannot be set to that\n";
    }

    private static boolean number(String value, java.util.function.IntPredicate fits, java.util.function.IntConsumer set) {
        boolean ok = value.matches("[0-9]{1,7}") && fits.test(Integer.parseInt(value));
        if (ok) {
            set.accept(Integer.parseInt(value));
        }
        return ok;
    }

    private static String setvar(Room room, List<String> words) {
        String value = words.size() > 1 ? words.get(1) : "";
        boolean set = words.getFirst().length() <= MAX_TEXT && value.length() <= MAX_TEXT && room.state().set(words.getFirst(), value);
        return set ? "+OK\n" : "-ERR too many variables, or too long\n";
    }

    private static String relate(Room room, List<String> words) {
        if (words.size() < 3) {
            return words.isEmpty() ? relations(room) : "relate <ids> <ids> nospeak|nohear|sendvideo|clear\n";
        }
        List<Integer> ones = ids(words.get(0));
        List<Integer> others = ids(words.get(1));
        String action = words.get(2).toLowerCase(Locale.ROOT);
        Optional<Relations.Kind> kind = Relations.Kind.of(action);
        if (kind.isEmpty() && !action.equals("clear") || ones.isEmpty() || others.isEmpty()) {
            return "relate <ids> <ids> nospeak|nohear|sendvideo|clear\n";
        }
        StringBuilder reply = new StringBuilder();
        for (int one : ones) {
            for (int other : others) {
                reply.append(relate(room, one, other, kind));
            }
        }
        room.relations().apply(room.members());
        room.members().stream().filter(member -> ones.contains(0) || ones.contains(member.id())).forEach(Member::related);
        return reply.toString();
    }

    private static String relate(Room room, int one, int other, Optional<Relations.Kind> kind) {
        if (kind.isEmpty()) {
            room.relations().clear(one, other);
            return "+OK relationship " + one + "->" + other + " cleared.\n";
        }
        for (int id : new int[] {one, other}) {
            if (room.members().stream().noneMatch(member -> member.id() == id)) {
                return "-ERR relationship " + one + "->" + other + " not set: Non-Existant ID " + id + "\n";
            }
        }
        return room.relations().set(one, other, kind.get())
                ? "+OK " + one + "->" + other + " " + kind.get().name().toLowerCase(Locale.ROOT) + " set\n"
                : "-ERR too many relationships\n";
    }

    private static List<Integer> ids(String list) {
        List<Integer> ids = new ArrayList<>();
        for (String word : list.split(",")) {
            if (Targets.isNumber(word) && ids.size() < 100) {
                ids.add(Integer.parseInt(word));
            }
        }
        return ids;
    }

    private static String relations(Room room) {
        String text = room.relations().all().entrySet().stream()
                .map(entry -> entry.getKey().one() + " -> " + entry.getKey().other() + " " + entry.getValue().stream()
                        .map(kind -> kind.name().toUpperCase(Locale.ROOT)).collect(Collectors.joining("|")) + "\n")
                .sorted()
                .collect(Collectors.joining());
        return text.isEmpty() ? "+OK No relationships\n" : text;
    }

    private static String entrySound(Room room, List<String> words, String which, Consumer<Boolean> on, Consumer<String> file) {
        String capital = which.substring(0, 1).toUpperCase(Locale.ROOT) + which.substring(1);
        switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "on", "off" -> {
                on.accept(words.getFirst().equalsIgnoreCase("on"));
                room.maintenance().tell(which + "-sounds-" + words.getFirst().toLowerCase(Locale.ROOT));
                return "+OK " + room.key().name() + " " + which + " sounds " + words.getFirst().toLowerCase(Locale.ROOT) + "\n";
            }
            case "none" -> file.accept("");
            case "file" -> {
                Optional<String> name = SoundCommands.checked(room, words);
                if (name.isEmpty()) {
                    return "-ERR File not found\n";
                }
                file.accept(name.get());
            }
            default -> {
                return which + "_sound on|off|none|file <sound>\n";
            }
        }
        room.maintenance().tell(which + "-sound-file-changed");
        return "+OK " + room.key().name() + " " + capital + " sound changed\n";
    }

    static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    static Map<String, RoomVerb> byName(List<RoomVerb> verbs) {
        return verbs.stream().collect(Collectors.toUnmodifiableMap(RoomVerb::name, verb -> verb));
    }
}
