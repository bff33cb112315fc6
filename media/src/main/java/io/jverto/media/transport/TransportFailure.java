package io.jverto.media.transport;

/// Why a transport died.
public enum TransportFailure {
    /// The handshake failed: another certificate than the SDP's, no common profile, refused or timed out.
    DTLS,
    /// No pair ever worked, or the peer's consent expired (RFC 7675).
    ICE,
    /// A peer without ICE sent no RTP for as long as is allowed.
    SILENT
}
