package io.jverto.sip.digest;

/// What a server makes of credentials.
public sealed interface DigestResult {
    /// Who sent the request knows the password.
    record Authentic(String username) implements DigestResult {}

    /// The proof may be right, but the nonce is too old or was used before: challenge again with `stale`.
    record Stale() implements DigestResult {}

    /// No, and nothing is said about why: there is no such user, the password is wrong, or the request is made up.
    record Refused() implements DigestResult {}
}
