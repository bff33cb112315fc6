package io.jverto.media.plan;

/// A certificate's hash as in SDP (RFC 8122 section 5).
///
/// @param hash the hash function's name in lower case, for instance `sha-256`
/// @param value upper-case hex pairs joined by colons
public record Fingerprint(String hash, String value) {}
