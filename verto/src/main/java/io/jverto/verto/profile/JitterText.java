package io.jverto.verto.profile;

import io.jverto.switchboard.port.MediaRules;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `auto-jitterbuffer-msec`: `min[:max[:drift]]`, each in milliseconds or, with a `p`, in packets of 20 ms (media-rtc.md section 11.1).
///
/// @param minMillis within what a jitter buffer can do
/// @param maxMillis likewise, and not below the least
/// @param asked whether both are what was written
record JitterText(int minMillis, int maxMillis, boolean asked) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5}p?)(?::([0-9]{1,5}p?))?(?::[0-9]{1,5}p?)?");
    private static final int PACKET_MILLIS = 20;
    /// A greatest delay that is not written is so many times the least.
    private static final int SPREAD = 50;

    /// @return empty when the text has another form, or the greatest delay is below the least
    static Optional<JitterText> decode(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int min = millis(form.group(1));
        int max = form.group(2) == null ? min * SPREAD : millis(form.group(2));
        int leastMin = within(min);
        int mostMax = within(max);
        boolean asked = leastMin == min && (mostMax == max || form.group(2) == null);
        return min > max ? Optional.empty() : Optional.of(new JitterText(leastMin, mostMax, asked));
    }

    private static int millis(String amount) {
        return amount.endsWith("p")
                ? Integer.parseInt(amount.substring(0, amount.length() - 1)) * PACKET_MILLIS
                : Integer.parseInt(amount);
    }

    private static int within(int millis) {
        return Math.clamp(millis, MediaRules.LEAST_JITTER_MILLIS, MediaRules.MOST_JITTER_MILLIS);
    }
}
