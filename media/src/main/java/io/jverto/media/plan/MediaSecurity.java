package io.jverto.media.plan;

/// Whether the sound of a peer without ICE is encrypted (media-rtc.md section 8).
public enum MediaSecurity {
    FORBIDDEN,
    /// As the peer likes.
    OPTIONAL,
    /// Under keys of the SDP or of a DTLS handshake; we offer the former.
    MANDATORY,
    /// Under keys that stand in the SDP (RFC 4568).
    SDES,
    /// Under keys of a DTLS handshake (RFC 5764).
    DTLS
}
