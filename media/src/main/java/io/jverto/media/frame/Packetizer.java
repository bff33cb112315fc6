package io.jverto.media.frame;

import io.jverto.media.plan.VideoCodec;

/// Cuts frames, as [Payload] makes them, into payloads of RTP packets. One stream's own; belongs to one thread.
public sealed interface Packetizer permits Vp8Packetizer, Vp9Packetizer, H264Packetizer, Av1Packetizer {
    /// Of a payload: leaves room for the headers of RTP, SRTP and a tunnel below.
    int MAX_PAYLOAD = 1_150;

    /// Takes the payloads of a frame, in order. Valid only for the time of the call.
    @FunctionalInterface
    interface Sink {
        /// @param marker last of its frame
        void onPayload(byte[] bytes, int length, boolean marker);
    }

    void send(byte[] frame, int length, Sink sink);

    static Packetizer of(VideoCodec codec) {
        return of(codec, new byte[0]);
    }

    /// @param setup what [FrameHeader#setup] makes, or a file says of its track: key frames of H.264 that lack their parameters get them
    static Packetizer of(VideoCodec codec, byte[] setup) {
        return switch (codec) {
            case VP8 -> new Vp8Packetizer();
            case VP9 -> new Vp9Packetizer();
            case H264 -> new H264Packetizer(setup);
            case AV1 -> new Av1Packetizer();
        };
    }

    /// @return bytes of each piece but the last, when so many are to be sent: pieces of the same size, for a short last one costs a packet as a long
    ///         one does, and equal ones are lost alike
    static int piece(int length, int room) {
        int pieces = (length + room - 1) / room;
        return pieces == 0 ? 1 : (length + pieces - 1) / pieces;
    }
}
