package io.jverto.conference;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.Mailbox;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What other threads tell a room.
sealed interface RoomCommand {
    /// Take this seat. Its claim on the room goes over to the member, or is given back.
    record Enter(Seat seat, Mailbox<Join> reply) implements RoomCommand {}

    /// A digit of a member.
    record Digit(Seat seat, char digit) implements RoomCommand {}

    /// A member began or stopped to speak, was put on hold or taken off it, or says other things of itself; the seat knows which.
    record Status(Seat seat) implements RoomCommand {}

    /// A member's client is back: tell it where it is.
    record Announce(Seat seat) implements RoomCommand {}

    /// An operator wants a member out.
    record BreakOff(Seat seat) implements RoomCommand {}

    /// A message of a member to everybody in the room.
    record Say(Seat seat, ChatMessage message) implements RoomCommand {}

    /// A message from outside the members' calls. Its claim is given back with the reply.
    ///
    /// @param cookie the session that wrote it
    /// @param mayWrite whether it may though it is not in the room
    record Write(String cookie, boolean mayWrite, ChatMessage message, Mailbox<Boolean> reply) implements RoomCommand {}

    /// What a client sent to the moderators' channel.
    ///
    /// @param cookie its session
    record Moderate(String cookie, JsonObject request) implements RoomCommand {}

    /// A client asks who is in the room and who was.
    ///
    /// @param params of its broadcast
    record Describe(String cookie, JsonObject params) implements RoomCommand {}

    /// A command of the API. Its claim is given back with the reply.
    record Ask(List<String> words, Mailbox<String> reply) implements RoomCommand {}

    /// What stands before the door. Its claim is given back with the reply.
    record Knock(JoinRequest request, Mailbox<ConferenceService.Door> reply) implements RoomCommand {}

    /// A sound is over.
    record SoundOver(long number) implements RoomCommand {}

    /// A recording's file is closed.
    record Recorded(Path path, RecordingEnd end) implements RoomCommand {}

    /// An event of something that the room began elsewhere.
    record Tell(String action, List<String> headers) implements RoomCommand {}

    /// What was to be said has been made: go on with it.
    record Made(Sound sound, Consumer<Sound> then) implements RoomCommand {}

    /// Somebody gave up a seat or a claim: see whether anybody is left.
    record Look() implements RoomCommand {}
}
