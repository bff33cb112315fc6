package io.jverto.media.rtp;

/// The event codes that stand for digits (RFC 4733 section 3.2).
final class TelephoneEvents {
    static final int PAYLOAD_LENGTH = 4;
    static final int END_BIT = 0x80;
    static final int MAX_DURATION = 0xffff;

    /// `F` is the hook flash (media-rtc.md section 13).
    private static final String DIGITS = "0123456789*#ABCDF";

    private TelephoneEvents() {}

    /// @return the digit, 0 when the event is none
    static char digit(int event) {
        return event < DIGITS.length() ? DIGITS.charAt(event) : 0;
    }

    /// @return the event code, -1 when the character is no digit
    static int event(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit));
    }
}
