package io.jverto.conference;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Rooms that are calling somebody at the moment: nobody goes on ringing for a room that has ended (conference.md section 14). As many as
/// [RoomJobs] takes. Thread-safe.
final class Ringing {
    /// Of a call that a room makes, as long as it is in no room: the room's name and domain.
    static final String VARIABLE = "conference_outcall";

    private final ConcurrentMap<RoomKey, Integer> calls = new ConcurrentHashMap<>();

    void begins(RoomKey room) {
        calls.merge(room, 1, Integer::sum);
    }

    void ends(RoomKey room) {
        calls.computeIfPresent(room, (_, many) -> many > 1 ? many - 1 : null);
    }

    boolean isCalling(RoomKey room) {
        return calls.containsKey(room);
    }

    /// @return the command that ends the calls of a room
    static String end(RoomKey room) {
        return "hupall ORIGINATOR_CANCEL " + VARIABLE + " " + room;
    }
}
