package io.jverto.media.plan;

/// The audio codecs that can be negotiated (media-rtc.md section 14.1).
public enum AudioCodec {
    /// RFC 6716, RTP payload RFC 7587: always 48 kHz and `/2` in SDP, whatever is sent.
    OPUS("opus", 48_000, -1, 48_000),
    /// Samples at 16 kHz, RFC 3551 payload type 9, whose clock is 8000 Hz by an old mistake that stays (section 4.5.2).
    G722("G722", 8_000, 9, 16_000),
    /// G.711 mu-law, RFC 3551 payload type 0.
    PCMU("PCMU", 8_000, 0, 8_000),
    /// G.711 A-law, RFC 3551 payload type 8.
    PCMA("PCMA", 8_000, 8, 8_000);

    private final String sdpName;
    private final int rtpClock;
    private final int staticPayloadType;
    private final int sampleRate;

    AudioCodec(String sdpName, int rtpClock, int staticPayloadType, int sampleRate) {
        this.sdpName = sdpName;
        this.rtpClock = rtpClock;
        this.staticPayloadType = staticPayloadType;
        this.sampleRate = sampleRate;
    }

    /// @return the encoding name of the rtpmap line
    public String sdpName() {
        return sdpName;
    }

    /// @return ticks of the RTP timestamp in a second
    public int rtpClock() {
        return rtpClock;
    }

    /// @return samples in a second, at most
    public int sampleRate() {
        return sampleRate;
    }

    /// @return the payload type of RFC 3551, -1 when it is dynamic
    public int staticPayloadType() {
        return staticPayloadType;
    }
}
