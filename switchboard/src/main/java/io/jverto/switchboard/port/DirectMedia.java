package io.jverto.switchboard.port;

import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.SdesUse;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;

/// What a profile says about the media of peers without ICE (sip.md section 2.1).
///
/// @param toPeers whether what we offer is encrypted; OPTIONAL offers both
/// @param fromPeers whether what a peer offers may be, or has to be
/// @param rtpIp where they are received; empty for the server's own address
/// @param extRtpIp what is advertised to peers outside; empty for the server's own
/// @param localNetwork peers that are not outside
/// @param rules of the transport
public record DirectMedia(
        SdesUse toPeers,
        SdesUse fromPeers,
        Optional<InetAddress> rtpIp,
        Optional<InetAddress> extRtpIp,
        Predicate<InetAddress> localNetwork,
        DirectRules rules) {
    /// Of a profile that says nothing.
    public static final DirectMedia DEFAULT = new DirectMedia(
            SdesUse.FORBIDDEN, SdesUse.OPTIONAL, Optional.empty(), Optional.empty(), _ -> false, DirectRules.DEFAULT);
}
