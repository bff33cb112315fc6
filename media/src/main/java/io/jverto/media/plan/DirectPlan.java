package io.jverto.media.plan;

import java.net.InetSocketAddress;
import java.util.Optional;

/// What a transport needs to know of a peer without ICE: RTP as it is (RFC 3551), or SRTP under keys that
/// stood in the SDP (RFC 4568) or that a DTLS handshake makes (RFC 5764).
///
/// @param rtp where the peer says that it receives; the unspecified address (RFC 2543's hold) leaves what was there before
/// @param rtcp where it receives RTCP; the same as `rtp` when both agreed on rtcp-mux (RFC 5761)
/// @param keys those of the SDP, empty when there are none; ours are the client's
/// @param dtls empty without a handshake; without that and keys nothing is encrypted
public record DirectPlan(InetSocketAddress rtp, InetSocketAddress rtcp, Optional<SrtpKeys> keys, Optional<DtlsPeer> dtls) implements TransportPlan {
    /// Of a peer without DTLS.
    public DirectPlan(InetSocketAddress rtp, InetSocketAddress rtcp, Optional<SrtpKeys> keys) {
        this(rtp, rtcp, keys, Optional.empty());
    }

    /// @return whether anything is encrypted
    public boolean encrypted() {
        return keys.isPresent() || dtls.isPresent();
    }

    /// @return whether RTCP comes and goes where RTP does
    public boolean rtcpMux() {
        return rtp.equals(rtcp);
    }
}
