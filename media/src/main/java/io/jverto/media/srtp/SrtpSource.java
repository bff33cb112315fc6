package io.jverto.media.srtp;

/// What one direction knows of one SSRC (RFC 3711 section 3.2.3).
final class SrtpSource {
    final ReplayWindow rtp = new ReplayWindow();
    final ReplayWindow rtcp = new ReplayWindow();
    int ssrc;
    /// Sending: the SRTCP index of the next packet.
    int nextRtcpIndex;
    /// A count of the session's packets, to find the source that was silent for longest.
    long lastUsed;

    void restart(int newSsrc) {
        rtp.reset();
        rtcp.reset();
        nextRtcpIndex = 0;
        ssrc = newSsrc;
    }
}
