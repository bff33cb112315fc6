package io.jverto.sip.digest;

/// What a client makes of a challenge.
public sealed interface DigestAnswer {
    /// @param name Authorization or Proxy-Authorization
    /// @param value what it says
    record Answered(String name, String value) implements DigestAnswer {}

    record Refused(Reason why) implements DigestAnswer {}

    /// Why there is no answer.
    enum Reason {
        /// It comes from a host, or is for a realm, that is not configured.
        STRANGER,
        /// No scheme or hash that we know, or `auth-int` alone.
        UNSUPPORTED,
        /// We answered already, and the nonce was not stale: the password is wrong.
        WRONG_PASSWORD
    }
}
