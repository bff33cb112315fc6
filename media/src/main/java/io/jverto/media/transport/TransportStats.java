package io.jverto.media.transport;

/// Figures of one transport since its start.
///
/// @param jitterMillis interarrival jitter of what we receive, now (RFC 3550 section 6.4.1)
/// @param jitter the same at each report that we sent
/// @param roundTrip from the peer's RTCP reports
/// @param remoteLost packets of ours that the peer lost, by its last report
public record TransportStats(
        long packetsRx,
        long packetsTx,
        long packetsLost,
        long bytesRx,
        long bytesTx,
        double jitterMillis,
        Spread jitter,
        Spread roundTrip,
        long remoteLost) {
    /// Milliseconds; both -1 when nothing was measured.
    public record Spread(double mean, double highest) {
        public static final Spread NONE = new Spread(-1, -1);
    }
}
