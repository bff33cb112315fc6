package io.jverto.media.codec;

import io.jverto.media.plan.OpusSettings;

/// How an Opus encoder is set up, from what was agreed and what we hold right (media-rtc.md section 14.2; figures in docs/performance.md).
///
/// @param bitrate bits per second
/// @param lossPercent of packets that the encoder is to reckon with
/// @param independent whether each frame can be understood without those before it, so that a lost one is missed less
/// @param bandwidthHz sampling rate of what is worth sending
/// @param complexity 0 to 10
record OpusTuning(
        int channels,
        Aim aim,
        int bitrate,
        boolean constantBitrate,
        boolean inbandFec,
        int lossPercent,
        boolean dtx,
        boolean independent,
        int bandwidthHz,
        int complexity) {
    static final int RATE = 48_000;
    static final int MAX_FRAME = 2880;
    /// The largest Opus frame (RFC 6716 section 3.4, R2), and small enough for any MTU with SRTP around it.
    static final int MAX_PACKET = 1275;

    private static final int MIN_BITRATE = 6_000;
    private static final int MAX_BITRATE = 510_000;
    /// Speech in full band with redundancy; libopus keeps to hybrid frames, which alone carry it, at this rate.
    private static final int MONO_BITRATE = 32_000;
    private static final int STEREO_BITRATE = 96_000;
    /// By CELT alone, which needs more for speech than hybrid frames do.
    private static final int LIVE_MONO_BITRATE = 48_000;
    /// With less, speech is better in hybrid frames.
    private static final int LEAST_LIVE_MONO = 40_000;
    private static final int LEAST_LIVE_STEREO = 64_000;
    private static final int LEAST_LIVE_BANDWIDTH = 24_000;
    private static final int EXPECTED_LOSS_PERCENT = 10;
    private static final int COMPLEXITY = 5;
    /// What the encoder does from 3 on costs a tenth and is not to be measured in what is heard.
    private static final int LIVE_COMPLEXITY = 2;

    /// What libopus calls an application.
    enum Aim {
        SPEECH,
        SOUND,
        /// CELT frames alone: a quarter of the cost of others, and 2.5 instead of 6.5 ms behind.
        LOW_DELAY
    }

    static OpusTuning of(int channels, OpusSettings settings, int bandwidthHz) {
        return hybrid(channels, settings, bandwidthHz, channels == 2 ? STEREO_BITRATE : MONO_BITRATE);
    }

    /// For who listens while it is made. Without redundancy there is no need of hybrid frames, and CELT frames that do not depend on those
    /// before sound the same and are missed less.
    static OpusTuning live(int channels, OpusSettings settings, int bandwidthHz) {
        boolean stereo = channels == 2;
        boolean full = Math.min(bandwidthHz, playback(settings)) >= LEAST_LIVE_BANDWIDTH;
        if (settings.inbandFec() || !full) {
            return of(channels, settings, bandwidthHz);
        }
        OpusTuning hybrid = hybrid(channels, settings, bandwidthHz, stereo ? STEREO_BITRATE : LIVE_MONO_BITRATE);
        // Of CELT frames only digital silence is left out.
        boolean able = !settings.dtx() && hybrid.bitrate >= (stereo ? LEAST_LIVE_STEREO : LEAST_LIVE_MONO);
        return able
                ? new OpusTuning(channels, Aim.LOW_DELAY, hybrid.bitrate, hybrid.constantBitrate, false, 0, false, true,
                        hybrid.bandwidthHz, LIVE_COMPLEXITY)
                : hybrid;
    }

    /// @param usual bitrate where nobody asked for another; those outside RFC 7587's range count as none
    private static OpusTuning hybrid(int channels, OpusSettings settings, int bandwidthHz, int usual) {
        int wanted = settings.maxAverageBitrate();
        return new OpusTuning(
                channels,
                channels == 2 ? Aim.SOUND : Aim.SPEECH,
                wanted >= MIN_BITRATE && wanted <= MAX_BITRATE ? wanted : usual,
                settings.constantBitrate(),
                settings.inbandFec(),
                settings.inbandFec() ? EXPECTED_LOSS_PERCENT : 0,
                settings.dtx(),
                false,
                Math.min(bandwidthHz, playback(settings)),
                COMPLEXITY);
    }

    private static int playback(OpusSettings settings) {
        return settings.maxPlaybackRate() <= 0 ? RATE : settings.maxPlaybackRate();
    }

    static boolean isFrame(int samples) {
        return samples == 960 || samples == 1920 || samples == MAX_FRAME;
    }
}
