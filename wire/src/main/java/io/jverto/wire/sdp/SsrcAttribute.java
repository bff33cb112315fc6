package io.jverto.wire.sdp;

import java.util.Optional;

/// `a=ssrc` (RFC 5576 section 4.1).
///
/// @param ssrc unsigned
/// @param value what stands behind the colon, empty when there is none
public record SsrcAttribute(long ssrc, String name, String value) {
    private static final long MAX_SSRC = 0xffff_ffffL;

    /// @return empty when it is none
    public static Optional<SsrcAttribute> decode(String attribute) {
        int blank = attribute.indexOf(' ');
        long ssrc = blank < 0 ? -1 : Digits.decode(attribute.substring(0, blank), MAX_SSRC);
        if (ssrc < 0) {
            return Optional.empty();
        }
        String rest = attribute.substring(blank + 1);
        int colon = rest.indexOf(':');
        return Optional.of(
                colon < 0
                        ? new SsrcAttribute(ssrc, rest, "")
                        : new SsrcAttribute(ssrc, rest.substring(0, colon), rest.substring(colon + 1)));
    }

    public String encode() {
        return ssrc + " " + name + (value.isEmpty() ? "" : ":" + value);
    }
}
