package io.jverto.media.plan;

import java.util.Optional;

/// The video codecs that can be negotiated. They are relayed; VP8 and VP9 are decoded and encoded too, for canvases.
public enum VideoCodec {
    /// RFC 6386, RTP payload RFC 7741.
    VP8("VP8"),
    /// RTP payload RFC 9628.
    VP9("VP9"),
    /// RTP payload RFC 6184.
    H264("H264"),
    /// RTP payload specification of the Alliance for Open Media.
    AV1("AV1");

    /// Ticks of the RTP timestamp in a second, for all of them.
    public static final int CLOCK = 90_000;

    private final String sdpName;

    VideoCodec(String sdpName) {
        this.sdpName = sdpName;
    }

    /// @return the encoding name of the rtpmap line
    public String sdpName() {
        return sdpName;
    }

    /// @param name in any letter case; a module may stand in front, for instance `CORE_VPX_MODULE.VP8`
    public static Optional<VideoCodec> named(String name) {
        String bare = name.substring(name.lastIndexOf('.') + 1);
        for (VideoCodec codec : values()) {
            if (codec.sdpName.equalsIgnoreCase(bare)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
