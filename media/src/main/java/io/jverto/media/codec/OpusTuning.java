package io.jverto.media.codec;

import io.jverto.media.plan.OpusSettings;

/// How an Opus encoder is set up, from what was agreed and what we hold right (media-rtc.md section 14.2).
record OpusTuning(
        int channels, int bitrate, boolean constantBitrate, boolean inbandFec, boolean dtx, int bandwidthHz) {
    static final int RATE = 48_000;
    static final int MAX_FRAME = 2880;
    /// The largest Opus frame (RFC 6716 section 3.4, R2), and small enough for any MTU with SRTP around it.
    static final int MAX_PACKET = 1275;
    static final int COMPLEXITY = 5;
    static final int EXPECTED_LOSS_PERCENT = 10;

    private static final int MIN_BITRATE = 6_000;
    private static final int MAX_BITRATE = 510_000;
    /// Speech in full band with redundancy; libopus keeps to hybrid frames, which alone carry it, at this rate.
    private static final int MONO_BITRATE = 32_000;
    private static final int STEREO_BITRATE = 96_000;

    static OpusTuning of(int channels, OpusSettings settings, int bandwidthHz) {
        int wanted = settings.maxAverageBitrate();
        int usual = channels == 2 ? STEREO_BITRATE : MONO_BITRATE;
        // Bitrates outside RFC 7587's range count as absent.
        int bitrate = wanted >= MIN_BITRATE && wanted <= MAX_BITRATE ? wanted : usual;
        int playback = settings.maxPlaybackRate() <= 0 ? RATE : settings.maxPlaybackRate();
        return new OpusTuning(
                channels,
                bitrate,
                settings.constantBitrate(),
                settings.inbandFec(),
                settings.dtx(),
                Math.min(bandwidthHz, playback));
    }

    static boolean isFrame(int samples) {
        return samples == 960 || samples == 1920 || samples == MAX_FRAME;
    }
}
