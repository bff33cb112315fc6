package io.jverto.media.plan;

/// What the peer's fmtp line (RFC 7587 section 6.1) and our configuration let our encoder do.
///
/// @param inbandFec send forward error correction
/// @param dtx send nothing while silent
/// @param constantBitrate CBR instead of VBR
/// @param maxAverageBitrate bits per second, 0 when nobody set one
/// @param maxPlaybackRate highest sampling rate in Hz that the peer renders
public record OpusSettings(
        boolean inbandFec, boolean dtx, boolean constantBitrate, int maxAverageBitrate, int maxPlaybackRate) {
    public static final OpusSettings DEFAULT = new OpusSettings(true, false, false, 0, 48_000);

    /// @return the same, but lost frames are not sent again in the next packet
    public OpusSettings withoutFec() {
        return new OpusSettings(false, dtx, constantBitrate, maxAverageBitrate, maxPlaybackRate);
    }
}
