package io.jverto.media.plan;

/// Whether the sound of a peer without DTLS is encrypted under keys that stand in the SDP (RFC 4568; media-rtc.md section 8).
public enum SdesUse {
    FORBIDDEN,
    /// As the peer likes.
    OPTIONAL,
    MANDATORY
}
