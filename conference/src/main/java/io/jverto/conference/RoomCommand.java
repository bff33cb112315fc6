package io.jverto.conference;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.Mailbox;
import io.jverto.switchboard.port.ConferenceService.Join;
import java.util.List;

/// What other threads tell a room.
sealed interface RoomCommand {
    /// Take this seat. Its claim on the room goes over to the member, or is given back.
    record Enter(Seat seat, Mailbox<Join> reply) implements RoomCommand {}

    /// A digit of a member.
    record Digit(Seat seat, char digit) implements RoomCommand {}

    /// A member began or stopped to speak, or was put on hold or taken off it; the seat knows which.
    record Status(Seat seat) implements RoomCommand {}

    /// A member's client is back: tell it where it is.
    record Announce(Seat seat) implements RoomCommand {}

    /// What a client sent to the moderators' channel.
    ///
    /// @param cookie its session
    record Moderate(String cookie, JsonObject request) implements RoomCommand {}

    /// A command of the API. Its claim is given back with the reply.
    record Ask(List<String> words, Mailbox<String> reply) implements RoomCommand {}

    /// Somebody gave up a seat or a claim: see whether anybody is left.
    record Look() implements RoomCommand {}
}
