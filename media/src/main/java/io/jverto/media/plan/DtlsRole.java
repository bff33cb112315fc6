package io.jverto.media.plan;

/// Which side of the DTLS handshake we play (RFC 5763 section 5).
public enum DtlsRole {
    /// `a=setup:active`
    CLIENT,
    /// `a=setup:passive`
    SERVER
}
