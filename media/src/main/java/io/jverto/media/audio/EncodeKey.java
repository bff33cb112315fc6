package io.jverto.media.audio;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.OpusSettings;

/// All that a sent frame depends on beside the sound: who agree in it can be sent the same bytes.
///
/// @param channels 1 or 2
/// @param bandwidthHz sampling rate of what is worth sending
/// @param frames 20 ms frames in a packet: 1, 2 or 3
/// @param volume -4 to 4
record EncodeKey(AudioCodec codec, int channels, OpusSettings opus, int bandwidthHz, int frames, int volume) {
    /// Redundancy keeps Opus to hybrid frames, which cost four times as much, take the best of a bit rate and blur left and right: only who
    /// loses packets gets it. A peer that offers `useinbandfec` can take it, but need not get it (RFC 7587 section 6.1).
    ///
    /// @param losing whether who listens loses packets
    static EncodeKey of(AudioPlan plan, int sourceChannels, int bandwidthHz, int volume, boolean losing) {
        boolean opus = plan.codec() == AudioCodec.OPUS;
        return new EncodeKey(
                plan.codec(),
                opus ? Math.min(plan.sendChannels(), sourceChannels) : 1,
                opus ? losing ? plan.opus() : plan.opus().withoutFec() : OpusSettings.DEFAULT,
                opus ? bandwidthHz : plan.codec().sampleRate(),
                framesOf(plan.ptimeMillis()),
                volume);
    }

    /// @return RTP ticks in 20 ms
    int frameTicks() {
        return codec.rtpClock() / 1000 * Frame.MILLIS;
    }

    /// Lengths that are no multiple of our tick are sent as 20 ms, which every receiver takes (media-rtc.md 18, 13).
    private static int framesOf(int ptimeMillis) {
        return switch (ptimeMillis) {
            case 40 -> 2;
            case 60 -> 3;
            default -> 1;
        };
    }
}
