package io.jverto.conference;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The commands of one room, on its own thread (conference.md sections 14 and 15).
final class RoomApi {
    private static final List<RoomVerb> LISTS = List.of(
            RoomVerb.of("list", "[delim <s>]|pretty|summary|count", 0, "the members, one in a line", RoomListing::list),
            RoomVerb.of("xml_list", "", 0, "the room as XML", (room, words) -> "<?xml version=\"1.0\"?>\n<conferences>\n" + RoomListing.xml(room) + "</conferences>\n"),
            RoomVerb.of("json_list", "", 0, "the room as JSON", (room, words) -> "[" + RoomListing.json(room) + "]\n"),
            RoomVerb.of("count", "", 0, "how many members it has", (room, words) -> room.counted() + "\n"));

    /// In the order of the documents.
    static final List<RoomVerb> VERBS =
            Stream.of(LISTS, MemberCommands.ALL, VoiceCommands.ALL, PlaceCommands.ALL, RoomCommands.ALL, VideoCommands.ALL, CanvasCommands.ALL, LookCommands.ALL, SoundCommands.ALL, RecordCommands.ALL, CallCommands.ALL)
                    .flatMap(List::stream).toList();

    private static final Map<String, RoomVerb> BY_NAME = RoomCommands.byName(VERBS);
    private static final List<String> VIDEO = List.of("canvas-auto-clear");

    private RoomApi() {}

    /// @param words the command and its arguments; the room's name is off
    static String run(Room room, List<String> words) {
        String command = words.getFirst().toLowerCase(Locale.ROOT);
        List<String> arguments = words.subList(1, words.size());
        RoomVerb verb = BY_NAME.get(command);
        if (verb != null) {
            return arguments.size() < verb.least() ? command + " " + verb.usage() + "\n" : verb.run().run(room, arguments);
        }
        return switch (command) {
            case "summary" -> RoomListing.header(room); // asked by `conference list summary`
            case "json" -> RoomListing.json(room); // and by `conference json_list`
            case "xml" -> RoomListing.xml(room);
            default -> {
                if (command.startsWith("vid-") || command.startsWith("vmute-") || VIDEO.contains(command)) {
                    yield "-ERR Conference is not in mixing mode\n";
                }
                yield "-ERR Conference command '" + Member.printable(words.getFirst()) + "' not found.\n";
            }
        };
    }
}
