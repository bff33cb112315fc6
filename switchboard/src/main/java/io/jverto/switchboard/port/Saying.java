package io.jverto.switchboard.port;

/// What the parties of a call say to each other beside their sound (verto-wire.md section 6).
public sealed interface Saying {
    /// A message to whom the call is with.
    record InCall(ChatMessage message) implements Saying {}

    /// A message to all who are in a room; it belongs to no call, and each gets it under his own address.
    record InRoom(ChatMessage message) implements Saying {}

    /// Characters as they are typed. May be long; whoever hands it to a client cuts it as its protocol wants it.
    record Typed(String chars) implements Saying {}
}
