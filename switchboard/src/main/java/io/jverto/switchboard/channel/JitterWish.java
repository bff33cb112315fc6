package io.jverto.switchboard.channel;

import io.jverto.media.plan.JitterBounds;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `<milliseconds>[:<most>[:<drift>]]`, each also as `<packets>p`: how long packets wait (media-rtc.md section 11). The drift is passed over.
public final class JitterWish {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(p?)(?::([0-9]{1,5})(p?)(?::[0-9]{1,5}p?)?)?", Pattern.CASE_INSENSITIVE);
    private static final int PACKET_MILLIS = 20;

    private JitterWish() {}

    /// @return empty for what is no wish; 0 plays packets as they come
    public static Optional<JitterBounds> parse(String text) {
        Matcher bounds = FORM.matcher(text.trim());
        if (!bounds.matches()) {
            return Optional.empty();
        }
        if (text.trim().equals("0")) {
            return Optional.of(JitterBounds.LEAST);
        }
        int least = millis(bounds.group(1), bounds.group(2));
        int most = bounds.group(3) == null ? JitterBounds.DEFAULT.maxMillis() : millis(bounds.group(3), bounds.group(4));
        return Optional.of(new JitterBounds(least, Math.max(least, most)));
    }

    private static int millis(String number, String packets) {
        int count = Integer.parseInt(number) * (packets.isEmpty() ? 1 : PACKET_MILLIS);
        return Math.clamp(count, JitterBounds.LEAST_MILLIS, JitterBounds.LIMIT_MILLIS);
    }
}
