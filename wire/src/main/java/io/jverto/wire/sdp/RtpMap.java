package io.jverto.wire.sdp;

import java.util.Optional;

/// `a=rtpmap` (RFC 8866 section 6.6).
///
/// @param payloadType 0 to 127
/// @param encoding the codec's name as written; compare without regard to letter case
/// @param clock ticks in a second
/// @param channels 1 when not written
public record RtpMap(int payloadType, String encoding, int clock, int channels) {
    private static final int MAX_CLOCK = 10_000_000;
    private static final int MAX_CHANNELS = 255;

    /// @return empty when it is no rtpmap
    public static Optional<RtpMap> decode(String value) {
        int blank = value.indexOf(' ');
        if (blank < 0) {
            return Optional.empty();
        }
        String[] parts = value.substring(blank + 1).strip().split("/", 4);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        int payloadType = (int) Digits.decode(value.substring(0, blank), 127);
        int clock = (int) Digits.decode(parts[1], MAX_CLOCK);
        int channels = parts.length == 2 ? 1 : (int) Digits.decode(parts[2], MAX_CHANNELS);
        if (payloadType < 0 || clock <= 0 || channels <= 0) {
            return Optional.empty();
        }
        return Optional.of(new RtpMap(payloadType, parts[0], clock, channels));
    }

    public String encode() {
        return payloadType + " " + encoding + "/" + clock + (channels == 1 ? "" : "/" + channels);
    }

    public boolean is(String otherEncoding) {
        return encoding.equalsIgnoreCase(otherEncoding);
    }
}
