package io.jverto.media.plan;

/// The audio of one channel as agreed.
///
/// @param codec what both sides send
/// @param payloadType its RTP payload type, 0-127, the same in both directions; -1 in [#NONE]
/// @param sendChannels channels that we may send: 2 only if the peer said `stereo=1` (RFC 7587 section 6.1)
/// @param receiveChannels channels that the peer may send: 2 only if our description says `stereo=1`
/// @param ptimeMillis length of the packets that we send
/// @param opus settings of the Opus encoder; [OpusSettings#DEFAULT] for other codecs
/// @param telephoneEventPayloadType RFC 4733 payload type, -1 when there is none
/// @param telephoneEventClock its clock rate in Hz
/// @param sending whether we may send (the peer does not say `sendonly` or `inactive`)
/// @param receiving whether the peer may send
/// @param audioLevelExtension id of the header extension in which the peer says how loud each packet is (RFC 6464), 1-14; 0 when it does not
/// @param comfortNoisePayloadType of comfort noise (RFC 3389), which the peer sends and takes while nobody talks; -1 when there is none
public record AudioPlan(
        AudioCodec codec,
        int payloadType,
        int sendChannels,
        int receiveChannels,
        int ptimeMillis,
        OpusSettings opus,
        int telephoneEventPayloadType,
        int telephoneEventClock,
        boolean sending,
        boolean receiving,
        int audioLevelExtension,
        int comfortNoisePayloadType) {
    /// Of a call without an audio line: no packet has its payload type, and nothing goes either way.
    public static final AudioPlan NONE = new AudioPlan(AudioCodec.PCMU, -1, 1, 1, 20, OpusSettings.DEFAULT, -1, 8_000, false, false);

    /// Without header extensions and comfort noise.
    public AudioPlan(
            AudioCodec codec,
            int payloadType,
            int sendChannels,
            int receiveChannels,
            int ptimeMillis,
            OpusSettings opus,
            int telephoneEventPayloadType,
            int telephoneEventClock,
            boolean sending,
            boolean receiving) {
        this(codec, payloadType, sendChannels, receiveChannels, ptimeMillis, opus, telephoneEventPayloadType, telephoneEventClock, sending, receiving, 0,
                -1);
    }

    /// @param comfortNoise its payload type, -1 for none
    public AudioPlan withComfortNoise(int comfortNoise) {
        return new AudioPlan(codec, payloadType, sendChannels, receiveChannels, ptimeMillis, opus, telephoneEventPayloadType, telephoneEventClock, sending,
                receiving, audioLevelExtension, comfortNoise);
    }

    /// @return whether there is comfort noise
    public boolean hasComfortNoise() {
        return comfortNoisePayloadType >= 0;
    }

    /// Whether the call has no audio line.
    public boolean isNone() {
        return payloadType < 0;
    }
}
