package io.jverto.medialoop;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Where media is received and what is advertised (media-rtc.md section 2).
///
/// @param rtpIps addresses to bind, used in turn by the loops; the wildcard is allowed
/// @param extRtpIp address that is advertised to peers that are neither loopback nor in a local network
/// @param localNetworks peers for which `extRtpIp` is not used
/// @param firstPort lowest UDP port; each loop takes the next free even one
/// @param lastPort highest UDP port
/// @param loops media threads, each with one port; at least as many as there are `rtpIps` are made
/// @param iceTcp whether peers can connect to these ports by TCP too (RFC 6544)
public record MediaConfig(
        List<InetAddress> rtpIps,
        Optional<InetAddress> extRtpIp,
        Predicate<InetAddress> localNetworks,
        int firstPort,
        int lastPort,
        int loops,
        boolean iceTcp) {
    public static final int DEFAULT_FIRST_PORT = 16_384;
    public static final int DEFAULT_LAST_PORT = 32_768;

    public MediaConfig {
        rtpIps = List.copyOf(rtpIps);
    }

    /// By UDP alone.
    public MediaConfig(
            List<InetAddress> rtpIps, Optional<InetAddress> extRtpIp, Predicate<InetAddress> localNetworks, int firstPort, int lastPort, int loops) {
        this(rtpIps, extRtpIp, localNetworks, firstPort, lastPort, loops, false);
    }

    /// @return loops that fit this machine
    public static int defaultLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
