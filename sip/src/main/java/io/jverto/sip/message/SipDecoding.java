package io.jverto.sip.message;

/// What became of some bytes.
public sealed interface SipDecoding {
    /// A message that keeps to all that this package checks.
    record Decoded(SipMessage message) implements SipDecoding {}

    /// A request that cannot be served, but can be answered.
    ///
    /// @param envelope what the answer takes over; the method stands in its CSeq
    /// @param status 400, 505 or 513
    /// @param why for a person; carries nothing of the message
    record Rejected(Envelope envelope, int status, String why) implements SipDecoding {}

    /// Nothing that anybody could be told of.
    record Dropped(String why) implements SipDecoding {}
}
