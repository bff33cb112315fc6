package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import io.jverto.wire.sdp.RtpMap;
import java.util.Optional;

/// One item of a codec string: `NAME[@<rate>h][@<ptime>i][@<bitrate>b][@<channels>c]` (media-rtc.md section 3).
///
/// @param rateHz sampling rate asked for, 0 when none is
/// @param ptimeMillis packet length asked for, 0 when none is; kept, but 20 ms is what we send
/// @param bitrate bits per second asked for, 0 when none is
/// @param channels 1 or 2, 0 when the item does not say
public record CodecPreference(AudioCodec codec, int rateHz, int ptimeMillis, int bitrate, int channels) {
    private static final int MAX_NUMBER_DIGITS = 7;

    /// @return empty for codecs that are not known, for video, and for text that is no item
    static Optional<CodecPreference> decode(String item) {
        String[] parts = withoutFormat(item).split("@", -1);
        Optional<CodecPreference> preference = codec(parts[0].strip()).map(CodecPreference::of);
        for (int i = 1; i < parts.length; i++) {
            String wish = parts[i].strip();
            preference = preference.flatMap(made -> made.with(wish));
        }
        return preference.filter(CodecPreference::canBeMet);
    }

    /// A codec without any wish.
    public static CodecPreference of(AudioCodec codec) {
        return new CodecPreference(codec, 0, 0, 0, 0);
    }

    /// @return whether a payload of the peer is this codec
    boolean matches(RtpMap map) {
        // RFC 7587 section 7: opus is always /48000/2, whatever is really sent.
        int channelsWritten = codec == AudioCodec.OPUS ? 2 : 1;
        return map.is(codec.sdpName()) && map.clock() == codec.rtpClock() && map.channels() == channelsWritten;
    }

    /// @param wish for instance `20i`
    private Optional<CodecPreference> with(String wish) {
        int number = number(wish);
        if (number < 0) {
            return Optional.empty();
        }
        return switch (wish.charAt(wish.length() - 1)) {
            case 'h' -> Optional.of(new CodecPreference(codec, number, ptimeMillis, bitrate, channels));
            case 'i' -> Optional.of(new CodecPreference(codec, rateHz, number, bitrate, channels));
            case 'b' -> Optional.of(new CodecPreference(codec, rateHz, ptimeMillis, number, channels));
            case 'c' -> Optional.of(new CodecPreference(codec, rateHz, ptimeMillis, bitrate, number));
            default -> Optional.empty();
        };
    }

    private boolean canBeMet() {
        if (channels > 2) {
            return false;
        }
        return codec == AudioCodec.OPUS
                ? rateHz == 0 || OpusFormat.isRate(rateHz)
                : (rateHz == 0 || rateHz == codec.rtpClock() || rateHz == codec.sampleRate()) && channels < 2;
    }

    /// @return the codec's name in an item, as it is written
    static String name(String item) {
        return withoutFormat(item).split("@", 2)[0].strip();
    }

    private static String withoutFormat(String item) {
        int tilde = item.indexOf('~');
        return (tilde < 0 ? item : item.substring(0, tilde)).strip();
    }

    /// @param name may carry a module in front, for instance `mod_opus.opus`
    private static Optional<AudioCodec> codec(String name) {
        String bare = name.substring(name.lastIndexOf('.') + 1);
        for (AudioCodec codec : AudioCodec.values()) {
            if (codec.sdpName().equalsIgnoreCase(bare)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    /// @return the digits before the last character, -1 when there is anything else
    private static int number(String part) {
        int digits = part.length() - 1;
        if (digits < 1 || digits > MAX_NUMBER_DIGITS) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            char digit = part.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }
}
