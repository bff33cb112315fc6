package io.jverto.medialoop;

import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.transport.Route;
import io.jverto.media.transport.VideoLink;
import java.util.List;
import java.util.Optional;

/// What other threads tell a media loop about one of its transports.
sealed interface LoopCommand {
    LoopTransport transport();

    record Open(LoopTransport transport) implements LoopCommand {}

    /// @param ice credentials for the next plan
    record Renew(LoopTransport transport, IceCredentials ice) implements LoopCommand {}

    record Apply(LoopTransport transport, MediaPlan plan) implements LoopCommand {}

    record Candidates(LoopTransport transport, List<RemoteCandidate> candidates) implements LoopCommand {}

    /// @param digitsTo the other side of a relay that counts telephone events in another clock; empty otherwise
    record Reroute(LoopTransport transport, Route route, List<LoopTransport> digitsTo) implements LoopCommand {}

    /// The other end of `route` is gone: silence, if it is still the route.
    record Unroute(LoopTransport transport, Route route) implements LoopCommand {}

    /// @param line [VideoLink#MAIN], or the number of a line of its peer's gallery
    /// @param link what its peer watches there from now on; empty for nothing
    record Watch(LoopTransport transport, int line, Optional<VideoLink> link) implements LoopCommand {}

    /// @param viewer one more who watches its peer
    record Show(LoopTransport transport, VideoLink viewer) implements LoopCommand {}

    /// A key frame of its peer is wanted.
    record KeyFrame(LoopTransport transport) implements LoopCommand {}

    /// @param capture who sees its packets from now on; empty for nobody
    record Watched(LoopTransport transport, Optional<Capture> capture) implements LoopCommand {}

    record Digit(LoopTransport transport, char digit, int durationMillis) implements LoopCommand {}

    record PlaybackRefused(LoopTransport transport, long playback) implements LoopCommand {}

    record Close(LoopTransport transport) implements LoopCommand {}

    record HandshakeDatagram(LoopTransport transport, int number, byte[] bytes) implements LoopCommand {}

    record HandshakeFinished(LoopTransport transport, int number, DtlsResult result) implements LoopCommand {}

    record HandshakeClosed(LoopTransport transport, int number) implements LoopCommand {}
}
