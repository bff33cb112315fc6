package io.jverto.conference;

import java.util.List;

/// One command of a room. `docs/conference.md` is made from these.
///
/// @param usage of its arguments, empty when it has none
/// @param least arguments that it needs
record RoomVerb(String name, String usage, int least, String summary, Run run) {
    /// What it does, on the room's thread.
    @FunctionalInterface
    interface Run {
        String run(Room room, List<String> arguments);
    }

    /// What it does to one member.
    @FunctionalInterface
    interface OnMember {
        /// @param value the word behind the target, empty when there is none
        String run(Room room, Member member, String value);
    }

    static final String TARGET = "<[member_id|all|last|non_moderator]>";

    static RoomVerb of(String name, String usage, int least, String summary, Run run) {
        return new RoomVerb(name, usage, least, summary, run);
    }

    static RoomVerb onMembers(String name, String usage, String summary, OnMember run) {
        return new RoomVerb(name, usage.isEmpty() ? TARGET : TARGET + " " + usage, 1, summary,
                (room, arguments) -> Targets.each(room, arguments, run));
    }
}
