package io.jverto.conference;

import io.jverto.media.plan.Position;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Commands on where members are heard in stereo (conference.md sections 12 and 14).
final class PlaceCommands {
    static final List<RoomVerb> ALL = List.of(
            RoomVerb.onMembers("position", "[<x>:<y>:<z>]",
                    "where the others hear the member: x left -1 to right 1, y up, z in front -1 to behind 1", PlaceCommands::position),
            RoomVerb.of("auto-3d-position", "[on|off]", 0, "whether members are placed on a half circle as they come and go", PlaceCommands::auto));

    private PlaceCommands() {}

    static boolean hasPlaces(Room room) {
        return room.profile().channels() == 2;
    }

    private static String position(Room room, Member member, String value) {
        if (!hasPlaces(room) || member.has(MemberFlag.NO_POSITIONAL)) {
            return unavailable(room);
        }
        if (!value.isEmpty()) {
            Optional<Position> place = Position.parse(value);
            if (place.isEmpty()) {
                return "-ERR invalid input!\n";
            }
            member.place(place);
            room.maintenance().tell("set-position-member", member, "Position", place.get().toString());
        }
        return "+OK Position " + member.id() + " = " + member.place().orElse(Position.CENTRE) + "\n";
    }

    private static String auto(Room room, List<String> words) {
        if (!hasPlaces(room)) {
            return unavailable(room);
        }
        String wanted = words.isEmpty() ? "" : words.getFirst().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "on" -> {
                room.state().flags.add(ConferenceFlag.AUTO_3D_POSITION);
                yield room.arc().arrange(room.members()).stream().map(PlaceCommands::line).collect(Collectors.joining()) + status(room);
            }
            case "off" -> {
                room.state().flags.remove(ConferenceFlag.AUTO_3D_POSITION);
                yield status(room);
            }
            case "" -> status(room);
            default -> "-ERR invalid input!\n";
        };
    }

    private static String status(Room room) {
        return "+OK positioning " + (room.state().flags.contains(ConferenceFlag.AUTO_3D_POSITION) ? "on\n" : "off\n");
    }

    private static String line(Member member) {
        return "Member " + member.id() + " (" + Member.printable(member.seat().request().caller().channelName()) + ") "
                + member.place().orElse(Position.CENTRE) + "\n";
    }

    /// Spelt as scripts know it.
    private static String unavailable(Room room) {
        return "-ERR Positional audio not avalilable " + room.profile().channels() + "\n";
    }
}
