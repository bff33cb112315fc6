package io.jverto.switchboard.port;

import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.MediaSecurity;
import java.net.InetAddress;
import java.util.Locale;
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
        MediaSecurity toPeers,
        MediaSecurity fromPeers,
        Optional<InetAddress> rtpIp,
        Optional<InetAddress> extRtpIp,
        Predicate<InetAddress> localNetwork,
        DirectRules rules) {
    /// Of a profile that says nothing.
    public static final DirectMedia DEFAULT = new DirectMedia(
            MediaSecurity.FORBIDDEN, MediaSecurity.OPTIONAL, Optional.empty(), Optional.empty(), _ -> false, DirectRules.DEFAULT);

    /// Received and advertised at those addresses.
    public DirectMedia at(Optional<InetAddress> ip, Optional<InetAddress> external, Predicate<InetAddress> local) {
        return new DirectMedia(toPeers, fromPeers, ip, external, local, rules);
    }

    /// A call ends after so long without a packet.
    ///
    /// @param seconds 0 for never
    /// @param heldSeconds the same for a peer that put us on hold
    public DirectMedia ending(int seconds, int heldSeconds) {
        return new DirectMedia(toPeers, fromPeers, rtpIp, extRtpIp, localNetwork, new DirectRules(rules.learns(), seconds * 1_000L, heldSeconds * 1_000L));
    }

    /// Whether a peer may send from elsewhere than its SDP says.
    public DirectMedia learning(boolean learns) {
        return new DirectMedia(
                toPeers, fromPeers, rtpIp, extRtpIp, localNetwork, new DirectRules(learns, rules.timeoutMillis(), rules.holdTimeoutMillis()));
    }

    /// @param secureMedia a value of `rtp_secure_media`: `mandatory` or `true`, `optional`, `forbidden` or `false`, each perhaps with suites
    ///        behind a colon, which are passed over; anything else changes nothing (media-rtc.md section 8)
    public DirectMedia encrypted(String secureMedia) {
        return switch (secureMedia.split(":", 2)[0].toLowerCase(Locale.ROOT)) {
            case "mandatory", "true" -> encrypted(MediaSecurity.MANDATORY);
            case "optional" -> encrypted(MediaSecurity.OPTIONAL);
            case "forbidden", "false" -> encrypted(MediaSecurity.FORBIDDEN);
            default -> this;
        };
    }

    /// By DTLS alone (`rtp_use_dtls`).
    public DirectMedia byDtls() {
        return encrypted(MediaSecurity.DTLS);
    }

    private DirectMedia encrypted(MediaSecurity use) {
        return new DirectMedia(use, use, rtpIp, extRtpIp, localNetwork, rules);
    }
}
