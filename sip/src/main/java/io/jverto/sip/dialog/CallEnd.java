package io.jverto.sip.dialog;

import io.jverto.sip.message.Headers;

/// How a call ended.
///
/// @param status of the response, or that which [Kind] stands for; 0 for none
/// @param phrase the peer's words for that status; may be empty
/// @param headers of the message that ended it, for instance Reason, or Contact of a 3xx
public record CallEnd(Kind kind, int status, String phrase, Headers headers) {
    /// Who or what ended it.
    public enum Kind {
        /// We did.
        LOCAL,
        /// The peer said BYE.
        BYE,
        /// The caller gave up before we answered.
        CANCELLED,
        /// The callee answered with 300 or above.
        REFUSED,
        /// The callee did not answer at all.
        TIMEOUT,
        /// Nothing can be sent to the peer.
        UNREACHABLE,
        /// The peer never acknowledged what it had to.
        UNACKNOWLEDGED,
        /// Nobody refreshed the session in time (RFC 4028).
        EXPIRED,
        /// The peer does not know the call any more.
        GONE
    }

    /// An end that no response tells.
    public CallEnd(Kind kind, int status, Headers headers) {
        this(kind, status, "", headers);
    }

    static CallEnd of(Kind kind) {
        return new CallEnd(kind, 0, Headers.NONE);
    }
}
