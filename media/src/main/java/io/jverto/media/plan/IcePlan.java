package io.jverto.media.plan;

import java.net.InetSocketAddress;
import java.util.List;

/// What a transport needs to know of a peer that speaks ICE and DTLS-SRTP, as every browser does.
///
/// @param remoteIce the peer's ICE credentials
/// @param remoteCandidates the peer's UDP candidates whose address is an IP literal, at most 32; may be empty, since any
///        authenticated check from any address is answered
/// @param controlling whether we are the controlling ICE agent: true when we made the offer (RFC 8445 section 6.1.1)
/// @param dtlsRole the role we play
/// @param remoteFingerprint hash of the certificate that the peer must show
public record IcePlan(
        IceCredentials remoteIce,
        List<InetSocketAddress> remoteCandidates,
        boolean controlling,
        DtlsRole dtlsRole,
        Fingerprint remoteFingerprint) implements TransportPlan {
    public IcePlan {
        remoteCandidates = List.copyOf(remoteCandidates);
    }
}
