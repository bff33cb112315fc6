package io.jverto.media.frame;

import io.jverto.media.plan.VideoCodec;
import org.jspecify.annotations.Nullable;

/// The beginning of a frame, as far as it must be known before it is decoded or written. Frames are as [Payload] makes them.
///
/// @param key whether it can be shown without those before it
/// @param width pixels, of a key frame; else 0
/// @param height pixels, of a key frame; else 0
public record FrameHeader(boolean key, int width, int height) {
    static final FrameHeader DEPENDS = new FrameHeader(false, 0, 0);

    /// @return null where this cannot be a frame
    public static @Nullable FrameHeader parse(VideoCodec codec, byte[] frame, int length) {
        return switch (codec) {
            case VP8 -> Vp8Header.parse(frame, length);
            case VP9 -> Vp9Header.parse(frame, length);
            case H264 -> H264Header.parse(frame, length);
            case AV1 -> Av1Header.parse(frame, length);
        };
    }

    /// @param frame a key frame
    /// @return what Matroska keeps beside the track as `CodecPrivate`, made of it; empty when nothing is needed
    public static byte[] setup(VideoCodec codec, byte[] frame, int length) {
        return switch (codec) {
            case VP8, VP9 -> new byte[0];
            case H264 -> H264Header.setup(frame, length);
            case AV1 -> Av1Header.setup(frame, length);
        };
    }
}
