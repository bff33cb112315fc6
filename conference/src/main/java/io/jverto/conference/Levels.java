package io.jverto.conference;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Levels that commands ask for: `up`, `down`, or a number.
final class Levels {
    private static final Pattern LEVEL = Pattern.compile("[+-]?[0-9]{1,4}");

    private Levels() {}

    /// @return the level that a value asks for; nothing when it is only asked what there is
    static OptionalInt of(String value, int now, int step, int least, int most) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> OptionalInt.empty();
            case "up" -> OptionalInt.of(Math.min(now + step, most));
            case "down" -> OptionalInt.of(Math.max(now - step, least));
            default -> LEVEL.matcher(value).matches()
                    ? OptionalInt.of(Math.clamp(Integer.parseInt(value), least, most))
                    : OptionalInt.empty();
        };
    }
}
