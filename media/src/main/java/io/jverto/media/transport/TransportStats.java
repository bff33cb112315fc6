package io.jverto.media.transport;

/// Figures of one transport since its start.
///
/// @param jitterMillis interarrival jitter of what we receive (RFC 3550 section 6.4.1)
/// @param roundTripMillis from the last RTCP report, -1 before there is one
/// @param remoteLost fraction of our packets that the peer lost in its last interval, 0 to 1
public record TransportStats(
        long packetsRx,
        long packetsTx,
        long packetsLost,
        long bytesRx,
        long bytesTx,
        double jitterMillis,
        double roundTripMillis,
        double remoteLost) {}
