package io.jverto.switchboard.port;

/// What a room tells the channel of a member.
public sealed interface RoomNotice {
    /// It is in the room no more.
    ///
    /// @param sound to be played to it, as the configuration or a command wrote it; empty for none
    /// @param configured whether the configuration wrote that
    /// @param ended the room itself is over
    record Out(String sound, boolean configured, boolean ended) implements RoomNotice {}

    /// It is to go into another room, and keeps its number.
    record MovedTo(String name, String profile, int memberId) implements RoomNotice {}

    /// A variable that its channel has from now on.
    record Knows(String name, String value) implements RoomNotice {}

    /// Digits of others for its client.
    record Digits(String digits) implements RoomNotice {}
}
