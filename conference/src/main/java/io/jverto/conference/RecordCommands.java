package io.jverto.conference;

import io.jverto.media.plan.Recording;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.dialplan.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Commands that record (conference.md sections 14 and 18). Paths stay in the folder of recordings.
final class RecordCommands {
    private static final String NOT_RECORDED = "-ERR Conference is not being recorded.\n";

    static final List<RoomVerb> ALL = List.of(
            RoomVerb.of("record", "<path> [tracks|<canvas>]", 1, "records the room to a `.wav`, `.ogg`, `.opus`, `.webm` or `.mkv` file in the folder of recordings; with `tracks` each member to its own. "
                    + "A `.webm` or `.mkv` file shows the first canvas, or another one by its number, or who has the floor of video; in `tracks` the member's own video",
                    RecordCommands::record),
            RoomVerb.of("norecord", "<path>|all", 1, "ends that", RecordCommands::norecord),
            RoomVerb.of("chkrecord", "", 0, "what is recorded", RecordCommands::check),
            RoomVerb.of("pause", "<path>", 1, "leaves out what is said from now on", (room, words) -> pause(room, words.getFirst(), true)),
            RoomVerb.of("resume", "<path>", 1, "records it again", (room, words) -> pause(room, words.getFirst(), false)),
            RoomVerb.of("recording", "start|stop|check|pause|resume|list|link [<path>|all] [tracks|<canvas>]", 1,
                    "the same by other names; `list`: what was recorded of the room, `link`: where one of these can be fetched for a quarter of an hour", RecordCommands::recording));

    private RecordCommands() {}

    private static String record(Room room, List<String> words) {
        Optional<SoundPaths.Place> place = place(room, words.getFirst());
        if (place.isEmpty()) {
            return "-ERR file [" + words.getFirst() + "] cannot be recorded: name a .wav, .ogg, .opus, .webm or .mkv file in the folder of recordings.\n";
        }
        Recording recording = new Recording(place.get().path(), place.get().followLinks(), 0, Recording.Silence.NEVER);
        RoomRecordings recordings = room.stage().recordings();
        boolean tracks = words.size() > 1 && words.get(1).equalsIgnoreCase("tracks");
        boolean named = words.size() > 1 && words.get(1).matches("[1-9][0-9]?");
        int canvas = named ? Integer.parseInt(words.get(1)) : 1;
        if (named && canvas > room.canvases().map(Canvases::count).orElse(0)) {
            return "-ERR there is no canvas " + canvas + ".\n";
        }
        return switch (tracks ? recordings.startTracks(recording, false, room.members(), now(room))
                : recordings.start(recording, canvas - 1, false, now(room))) {
            case RECORDS -> "+OK Record file " + words.getFirst() + (named ? " canvas " + canvas : "") + "\n";
            case ALREADY -> "-ERR file [" + words.getFirst() + "] is already being used for recording.\n";
            case REFUSED -> "-ERR too many recordings.\n";
        };
    }

    private static String norecord(Room room, List<String> words) {
        boolean all = words.getFirst().equalsIgnoreCase("all");
        Optional<Path> wanted = all ? Optional.empty() : place(room, words.getFirst()).map(SoundPaths.Place::path);
        StringBuilder reply = new StringBuilder();
        int stopped = 0;
        List<Path> paths = all ? room.stage().recordings().wanted() : wanted.map(List::of).orElse(List.of());
        for (Path path : paths) {
            for (Path file : room.stage().recordings().stop(path)) {
                reply.append("Stopped recording file ").append(file).append('\n');
                stopped++;
            }
        }
        if (stopped > 0 && room.state().flags.contains(ConferenceFlag.RESTART_AUTO_RECORD)) {
            room.stage().recordings().autoAgain();
        }
        return reply.append("+OK Stopped recording ").append(stopped).append(" file(s)\n").toString();
    }

    private static String check(Room room, List<String> words) {
        List<RoomRecordings.Recorder> all = room.stage().recordings().all();
        return all.isEmpty()
                ? NOT_RECORDED
                : all.stream().map(one -> "+OK Record file " + one.path() + (one.byItself() ? " (Auto)" : "") + "\n").collect(Collectors.joining());
    }

    private static String pause(Room room, String path, boolean paused) {
        if (path.equalsIgnoreCase("all")) {
            List<Path> all = room.stage().recordings().wanted();
            all.forEach(one -> room.stage().recordings().pause(one, paused, now(room)));
            return all.isEmpty() ? NOT_RECORDED : "+OK " + (paused ? "Paused" : "Resumed") + " recording " + all.size() + " file(s)\n";
        }
        boolean known = place(room, path).filter(place -> room.stage().recordings().pause(place.path(), paused, now(room))).isPresent();
        return known ? "+OK " + (paused ? "Pause" : "Resume") + " recording file " + path + "\n" : "-ERR file [" + path + "] is not being recorded.\n";
    }

    private static long now(Room room) {
        return room.around().time().wallTime().toEpochMilli();
    }

    private static String recording(Room room, List<String> words) {
        List<String> rest = words.size() > 1 ? words.subList(1, 2) : List.of("all");
        return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "start" -> words.size() > 1 ? record(room, words.subList(1, words.size())) : "recording start <path>\n";
            case "stop" -> norecord(room, rest);
            case "check" -> check(room, rest);
            case "pause" -> pause(room, rest.getFirst(), true);
            case "resume" -> pause(room, rest.getFirst(), false);
            case "list" -> list(room);
            case "link" -> words.size() > 1 ? link(room, words.get(1)) : "recording link <path>\n";
            default -> "recording start|stop|check|pause|resume|list|link [<path>|all] [tracks|<canvas>]\n";
        };
    }

    /// `path;begin;milliseconds`, of what is still recorded without the last.
    private static String list(Room room) {
        StringBuilder reply = new StringBuilder();
        room.around().shelf().of(room.key()).forEach(one ->
                reply.append(one.path()).append(';').append(one.since()).append(';').append(one.millis()).append('\n'));
        room.stage().recordings().all().forEach(one -> reply.append(one.path()).append(';').append(one.since()).append(";\n"));
        return reply.isEmpty() ? "+OK Nothing was recorded.\n" : reply.toString();
    }

    /// Of what was recorded of this very room alone: whoever moderates it may hear no other.
    private static String link(Room room, String path) {
        return room.around().shelf().of(room.key()).stream()
                .filter(one -> one.path().toString().equals(path) || one.path().getFileName().toString().equals(path))
                .findFirst()
                .flatMap(one -> room.around().world().links().link(one.path()))
                .map(link -> "+OK " + link + "\n")
                .orElse("-ERR file [" + path + "] was not recorded here, or cannot be fetched.\n");
    }

    private static Optional<SoundPaths.Place> place(Room room, String path) {
        return room.around().world().place(room.key(), Text.data(path));
    }
}
