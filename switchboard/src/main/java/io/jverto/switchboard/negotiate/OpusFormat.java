package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.OpusSettings;
import io.jverto.wire.sdp.Fmtp;
import java.util.LinkedHashMap;
import java.util.Map;

/// Opus' fmtp line, read and written (RFC 7587 section 6.1; media-rtc.md section 14.2; verto-wire-errata.md 1, number 7).
final class OpusFormat {
    private static final int MIN_BITRATE = 6_000;
    private static final int MAX_BITRATE = 510_000;
    private static final int FULL_RATE = 48_000;

    private OpusFormat() {}

    static boolean isRate(int hz) {
        return hz == 8_000 || hz == 12_000 || hz == 16_000 || hz == 24_000 || hz == FULL_RATE;
    }

    /// @return whether the peer wants two channels and we do not forbid them
    static boolean isStereo(Fmtp peer, CodecPreference ours) {
        return peer.isOne("stereo") && ours.channels() != 1;
    }

    /// @return what our encoder may do for this peer
    static OpusSettings settings(Fmtp peer, CodecPreference ours) {
        int peerRate = peer.number("maxplaybackrate").filter(OpusFormat::isRate).orElse(FULL_RATE);
        int ourRate = ours.rateHz() == 0 ? FULL_RATE : ours.rateHz();
        return new OpusSettings(
                peer.isOne("useinbandfec"),
                peer.isOne("usedtx"),
                peer.isOne("cbr"),
                bitrate(peer, ours),
                Math.min(peerRate, ourRate));
    }

    /// The offer's packet lengths come back, its bitrate too; the rest is ours.
    static Fmtp answer(int payloadType, Fmtp offered, CodecPreference ours) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("useinbandfec", "1");
        int bitrate = bitrate(offered, ours);
        if (bitrate > 0) {
            parameters.put("maxaveragebitrate", Integer.toString(bitrate));
        }
        for (String key : new String[] {"ptime", "minptime", "maxptime"}) {
            offered.number(key).ifPresent(value -> parameters.put(key, value.toString()));
        }
        return finish(payloadType, parameters, isStereo(offered, ours));
    }

    /// As the reference server offers; the numbers follow from the sampling rate.
    static Fmtp offer(int payloadType, CodecPreference ours) {
        int rate = ours.rateHz() == 0 ? FULL_RATE : ours.rateHz();
        int bitrate = rate >= FULL_RATE ? 30_000 : rate >= 16_000 ? 20_000 : 14_000;
        int maxPtime = rate >= FULL_RATE ? 40 : rate >= 16_000 ? 60 : 120;
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("useinbandfec", "1");
        parameters.put("maxaveragebitrate", Integer.toString(isBitrate(ours.bitrate()) ? ours.bitrate() : bitrate));
        parameters.put("maxplaybackrate", Integer.toString(rate));
        parameters.put("ptime", "20");
        parameters.put("minptime", "10");
        parameters.put("maxptime", Integer.toString(maxPtime));
        if (ours.channels() != 1) {
            parameters.put("stereo", "1");
        }
        return new Fmtp(Integer.toString(payloadType), parameters);
    }

    /// As the reference server offers a call again that was agreed before.
    static Fmtp reoffer(int payloadType, boolean stereo) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("useinbandfec", "1");
        parameters.put("minptime", "10");
        return finish(payloadType, parameters, stereo);
    }

    private static Fmtp finish(int payloadType, Map<String, String> parameters, boolean stereo) {
        if (stereo) {
            parameters.put("stereo", "1");
            parameters.put("sprop-stereo", "1");
        }
        return new Fmtp(Integer.toString(payloadType), parameters);
    }

    /// @return the lower of both wishes, 0 when there is none; impossible ones count as none
    private static int bitrate(Fmtp peer, CodecPreference ours) {
        int theirs = peer.number("maxaveragebitrate").filter(OpusFormat::isBitrate).orElse(0);
        int mine = isBitrate(ours.bitrate()) ? ours.bitrate() : 0;
        return theirs == 0 || mine == 0 ? Math.max(theirs, mine) : Math.min(theirs, mine);
    }

    private static boolean isBitrate(int bitsPerSecond) {
        return bitsPerSecond >= MIN_BITRATE && bitsPerSecond <= MAX_BITRATE;
    }
}
