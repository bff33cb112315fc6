package io.jverto.wire.sdp;

import java.util.Optional;

/// `a=rtcp-fb` (RFC 4585 section 4.2).
///
/// @param format a payload number, or `*` for all
/// @param feedback for instance `nack pli`
public record RtcpFeedback(String format, String feedback) {
    /// @return empty when it is none
    public static Optional<RtcpFeedback> decode(String value) {
        int blank = value.indexOf(' ');
        String format = blank < 0 ? "" : value.substring(0, blank);
        if (!format.equals("*") && Digits.decode(format, 127) < 0) {
            return Optional.empty();
        }
        return Optional.of(new RtcpFeedback(format, value.substring(blank + 1).strip()));
    }

    public String encode() {
        return format + " " + feedback;
    }
}
