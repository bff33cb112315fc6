package io.jverto.wire.sdp;

/// Decimal numbers out of hostile text, without exceptions.
final class Digits {
    /// More digits than any number in SDP that we read (a 64-bit session id has 19).
    private static final int MAX_DIGITS = 18;

    private Digits() {}

    /// @return the number, or -1 when `text` is not 1 to 18 digits or above `max`
    static long decode(String text, long max) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + (digit - '0');
        }
        return value <= max ? value : -1;
    }
}
