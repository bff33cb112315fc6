package io.jverto.media.plan;

/// Whether the sound of a peer without ICE is encrypted (media-rtc.md section 8).
public enum MediaSecurity {
    FORBIDDEN,
    /// As the peer likes.
    OPTIONAL,
    MANDATORY
}
