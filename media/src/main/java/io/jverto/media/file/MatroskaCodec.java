package io.jverto.media.file;

import io.jverto.media.plan.VideoCodec;
import java.util.Optional;

/// What Matroska calls codecs of video (RFC 9559 section 27.4, and "Matroska Media Container Codec Specifications").
final class MatroskaCodec {
    private MatroskaCodec() {}

    static String name(VideoCodec codec) {
        return switch (codec) {
            case VP8 -> "V_VP8";
            case VP9 -> "V_VP9";
            case H264 -> "V_MPEG4/ISO/AVC";
            case AV1 -> "V_AV1";
        };
    }

    static Optional<VideoCodec> of(String name) {
        for (VideoCodec codec : VideoCodec.values()) {
            if (name(codec).equals(name)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
