package io.jverto.media.frame;

import io.jverto.media.plan.VideoCodec;

/// Takes payloads of RTP packets apart, in the order in which they were sent, and makes frames as Matroska has them: VP8 and VP9 as they are, H.264
/// as units behind their lengths of four bytes, AV1 as units that have their sizes, without temporal delimiters.
sealed interface Payload permits Vp8Payload, Vp9Payload, H264Payload, Av1Payload {
    static Payload of(VideoCodec codec) {
        return switch (codec) {
            case VP8 -> new Vp8Payload();
            case VP9 -> new Vp9Payload();
            case H264 -> new H264Payload();
            case AV1 -> new Av1Payload();
        };
    }

    /// @return whether what stands before the data is whole, and there are some
    boolean isSound(byte[] payload, int offset, int length);

    /// @param next whether the packet before it was the last of another picture
    /// @return whether a picture begins here
    boolean begins(byte[] payload, int offset, int length, boolean next);

    /// @return whether two beginnings under one timestamp are two pictures, of which the first never ended
    boolean beginsOnce();

    /// Forgets what was begun.
    void clear();

    /// @param payload that is sound, from its beginning on
    /// @return false when it makes no sense
    boolean add(byte[] payload, int length, FrameBuffer frame);

    /// The last payload of a picture was added.
    ///
    /// @return false when it makes no sense
    boolean end(FrameBuffer frame);
}
