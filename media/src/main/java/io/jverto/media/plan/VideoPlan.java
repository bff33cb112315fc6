package io.jverto.media.plan;

/// The video of one channel as agreed. It shares its transport with the audio (RFC 9143).
///
/// @param format codec and payload type, the same in both directions
/// @param rtxPayloadType payload type of packets that are sent again (RFC 4588); -1 when there is none, and then nobody asks for any
/// @param feedback what both sides may tell each other
/// @param extensions ids of header extensions
/// @param mid what stands for the line in the bundle
/// @param maxSendKbps what the peer wants to get at most (`b=`); 0 for no limit
/// @param maxReceiveKbps what we want to get at most; 0 for no limit
/// @param sending whether we may send (the peer does not say `sendonly` or `inactive`)
/// @param receiving whether the peer may send
public record VideoPlan(
        VideoFormat format,
        int rtxPayloadType,
        Feedback feedback,
        Extensions extensions,
        String mid,
        int maxSendKbps,
        int maxReceiveKbps,
        boolean sending,
        boolean receiving) {
    /// RTCP messages about the video (RFC 4585, RFC 5104).
    ///
    /// @param pictureLoss `nack pli`
    /// @param fullIntra `ccm fir`
    /// @param remb `goog-remb`
    /// @param transportWide `transport-cc`
    public record Feedback(boolean nack, boolean pictureLoss, boolean fullIntra, boolean remb, boolean transportWide) {
        /// All that there is.
        public static final Feedback ALL = new Feedback(true, true, true, true, true);
    }

    /// Ids of one-byte header extensions (RFC 8285), 1-14; 0 for those that are not agreed.
    ///
    /// @param transportSequence number of a packet in the whole transport, for `transport-cc`
    /// @param sendTime absolute send time, from which a receiver estimates its bandwidth
    /// @param mid the line that a packet belongs to (RFC 9143 section 15)
    public record Extensions(int transportSequence, int sendTime, int mid) {
        public static final Extensions NONE = new Extensions(0, 0, 0);
    }

    /// @return the same with nothing sent either way
    public VideoPlan silent() {
        return new VideoPlan(format, rtxPayloadType, feedback, extensions, mid, maxSendKbps, maxReceiveKbps, false, false);
    }

    /// @return the same of a peer whose camera comes on another line
    public VideoPlan withReceiving() {
        return new VideoPlan(format, rtxPayloadType, feedback, extensions, mid, maxSendKbps, maxReceiveKbps, sending, true);
    }

    public VideoCodec codec() {
        return format.codec();
    }

    public int payloadType() {
        return format.payloadType();
    }
}
