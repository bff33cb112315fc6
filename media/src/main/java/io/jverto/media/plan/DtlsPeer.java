package io.jverto.media.plan;

/// What offer and answer say of the DTLS association with a peer (RFC 5763).
///
/// @param role the one that we play
/// @param fingerprint hash of the certificate that the peer must show
public record DtlsPeer(DtlsRole role, Fingerprint fingerprint) {}
