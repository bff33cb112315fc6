package io.jverto.conference;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Commands that play (conference.md sections 13 and 14). What they name is data: files in the folders of sounds and recordings, tones,
/// silence and music, what is said, and nothing else.
final class SoundCommands {
    private static final int MAX_TEXT = 1_000;

    static final List<RoomVerb> ALL = List.of(
            RoomVerb.of("play", "<sound> [async|<member_id> [nomux]]", 1,
                    "plays to all, one after the other or (`async`) beside that, or to one member (`nomux`: instead of the talk)", SoundCommands::play),
            RoomVerb.of("stop", "[current|all|async|last] [<member_id>]", 0, "ends what plays", SoundCommands::stop),
            RoomVerb.of("pause_play", "[<member_id>]", 0, "holds what plays, or lets it go on", SoundCommands::pause),
            RoomVerb.of("play_status", "[<member_id>]", 0, "what plays, and how long it has", SoundCommands::status),
            RoomVerb.of("file_seek", "[+-]<milliseconds> [<member_id>]", 1, "goes on from elsewhere in a file", SoundCommands::seek),
            RoomVerb.of("file-vol", "<-50..50> [<member_id>]", 1, "decibels of the file that plays", SoundCommands::volume),
            RoomVerb.of("moh", "<sound>|toggle|on|off|reset", 1, "music for who is alone", SoundCommands::moh),
            RoomVerb.of("say", "<text>", 1, "says a text to all: `<type>:<method>:<text>` from prompts, for instance `number:pronounced:12`, "
                    + "any other where there is a synthesizer", SoundCommands::say),
            RoomVerb.of("saymember", "<member_id> <text>", 2, "the same to one member", SoundCommands::sayToOne));

    private SoundCommands() {}

    private static String play(Room room, List<String> words) {
        String name = words.getFirst();
        Optional<Sound> sound = find(room, name);
        if (sound.isEmpty()) {
            return "-ERR (play) File: " + name + " not found.\n";
        }
        String how = words.size() > 1 ? words.get(1) : "";
        boolean nomux = words.size() > 2 && words.get(2).equalsIgnoreCase("nomux");
        RoomSounds.Wanted wanted = new RoomSounds.Wanted(name, sound.get(), Stage.volume(name), Stage.place(name), true, nomux);
        RoomSounds sounds = room.stage().sounds();
        if (how.isEmpty() || how.equalsIgnoreCase("async")) {
            boolean begun = room.counted() > 0 && (how.isEmpty() ? sounds.play(wanted) : sounds.playBeside(wanted));
            return begun ? "+OK (play) Playing file " + name + "\n" : "-ERR (play) File: " + name + " not found.\n";
        }
        Optional<Member> member = member(room, how);
        if (member.isEmpty()) {
            return "-ERR Non-Existant ID " + how + "\n";
        }
        return sounds.playTo(member.get(), wanted)
                ? "+OK (play) Playing file " + name + " to member " + member.get().id() + "\n"
                : "-ERR (play) File: " + name + " not found.\n";
    }

    private static String say(Room room, List<String> words) {
        String text = String.join(" ", words);
        boolean said = room.counted() > 0 && spoken(room, text, wanted -> room.stage().sounds().play(wanted));
        if (said) {
            room.maintenance().tell("speak-text", "Text", text);
        }
        return said ? "+OK (say) OK\n" : "-ERR (say) Error! It cannot be said.\n";
    }

    private static String sayToOne(Room room, List<String> words) {
        String text = String.join(" ", words.subList(1, words.size()));
        Optional<Member> member = member(room, words.getFirst());
        if (member.isEmpty()) {
            return "-ERR Non-Existant ID " + words.getFirst() + "\n";
        }
        boolean said = spoken(room, text, wanted -> room.stage().toOne(member.get(), wanted));
        if (said) {
            room.maintenance().tell("speak-text-member", member.get(), "Text", text);
        }
        return said ? "+OK (saymember) OK\n" : "-ERR (saymember) Error! It cannot be said.\n";
    }

    /// @return false when it cannot be said
    private static boolean spoken(Room room, String text, Consumer<RoomSounds.Wanted> play) {
        return text.length() <= MAX_TEXT && room.stage().with(
                RoomSpeech.SAY + text, sound -> play.accept(new RoomSounds.Wanted(text, sound, 0, Optional.empty(), false, false)));
    }

    private static String stop(Room room, List<String> words) {
        String first = words.isEmpty() ? "current" : words.getFirst().toLowerCase(Locale.ROOT);
        boolean named = !Targets.isNumber(first);
        Optional<String> id = named ? words.stream().skip(1).findFirst() : Optional.of(first);
        Optional<Member> member = id.flatMap(one -> member(room, one));
        if (id.isPresent() && member.isEmpty()) {
            return "-ERR Non-Existant ID " + id.get() + "\n";
        }
        int stopped = room.stage().sounds().stop(named ? first : "current", member);
        return "+OK Stopped " + stopped + " files.\n";
    }

    private static String pause(Room room, List<String> words) {
        return room.stage().sounds().pause(member(room, words, 0))
                .map(paused -> paused ? "+OK Paused\n" : "+OK Resumed\n")
                .orElse("-ERR Nothing is playing\n");
    }

    private static String status(Room room, List<String> words) {
        Optional<Map.Entry<String, Integer>> status = room.stage().sounds().status(member(room, words, 0));
        return status.map(now -> "+OK file: " + now.getKey() + " position: " + now.getValue() + " ms\n").orElse("-ERR Nothing is playing\n");
    }

    private static String seek(Room room, List<String> words) {
        String where = words.getFirst();
        if (!where.matches("[+-]?[0-9]{1,8}")) {
            return "file_seek [+-]<milliseconds> [<member_id>]\n";
        }
        boolean relative = where.startsWith("+") || where.startsWith("-");
        boolean sought = room.stage().sounds().seek(member(room, words, 1), Integer.parseInt(where), relative);
        return sought ? "+OK seek to " + where + " ms\n" : "-ERR No file is playing\n";
    }

    private static String volume(Room room, List<String> words) {
        if (!words.getFirst().matches("[+-]?[0-9]{1,2}")) {
            return "file-vol <-50..50> [<member_id>]\n";
        }
        int decibels = Math.clamp(Integer.parseInt(words.getFirst()), -50, 50);
        return room.stage().sounds().level(member(room, words, 1), decibels) ? "+OK volume changed\n" : "-ERR No file is playing\n";
    }

    private static String moh(Room room, List<String> words) {
        RoomState state = room.state();
        switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "on" -> state.musicOff = false;
            case "off" -> state.musicOff = true;
            case "toggle" -> state.musicOff = !state.musicOff;
            case "reset" -> {
                state.musicOff = false;
                state.music = room.profile().text(ProfileParam.MOH_SOUND);
            }
            default -> {
                Optional<String> name = checked(room, List.of("file", words.getFirst()));
                if (name.isEmpty()) {
                    return "-ERR (moh) File: " + words.getFirst() + " not found.\n";
                }
                state.music = name.get();
            }
        }
        room.stage().sounds().stopBeside();
        room.stage().music();
        return "+OK moh\n";
    }

    /// A sound that a command names for later. It is played as if the configuration had written it, so that its name has to be harmless.
    static Optional<String> checked(Room room, List<String> words) {
        if (words.size() < 2) {
            return Optional.empty();
        }
        String name = words.get(1);
        return find(room, name).map(_ -> name);
    }

    /// A tone, silence or music, or a file where a caller may choose one.
    private static Optional<Sound> find(Room room, String name) {
        int close = name.startsWith("{") ? name.indexOf('}') : -1;
        String bare = close < 0 ? name : name.substring(close + 1);
        boolean scheme = bare.startsWith(RoomSpeech.SAY) || bare.startsWith("tone_stream://") || bare.startsWith("silence_stream://") || bare.startsWith("local_stream://");
        return room.stage().find(scheme ? Text.syntax(name) : Text.data(bare));
    }

    private static Optional<Member> member(Room room, List<String> words, int at) {
        return words.size() > at ? member(room, words.get(at)) : Optional.empty();
    }

    private static Optional<Member> member(Room room, String id) {
        return room.members().stream().filter(member -> Integer.toString(member.id()).equals(id)).findFirst();
    }
}
