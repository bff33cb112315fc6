package io.jverto.switchboard.dialplan;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A moment in the notation of C (POSIX `strftime`): the letters that dialplans use.
public final class Strftime {
    private static final String DEFAULT = "%Y-%m-%d %T";

    private Strftime() {}

    /// @param format empty for `%Y-%m-%d %T`; a letter that is not known stays as it is
    public static String format(String format, ZonedDateTime moment) {
        String pattern = format.isEmpty() ? DEFAULT : format;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length()) {
                out.append(field(pattern.charAt(++i), moment));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String field(char letter, ZonedDateTime moment) {
        return switch (letter) {
            case 'Y' -> of("uuuu", moment);
            case 'y' -> of("uu", moment);
            case 'm' -> of("MM", moment);
            case 'd' -> of("dd", moment);
            case 'e' -> "%2d".formatted(moment.getDayOfMonth());
            case 'j' -> of("DDD", moment);
            case 'H' -> of("HH", moment);
            case 'I' -> of("hh", moment);
            case 'M' -> of("mm", moment);
            case 'S' -> of("ss", moment);
            case 'p' -> of("a", moment);
            case 'a' -> of("EEE", moment);
            case 'A' -> of("EEEE", moment);
            case 'b', 'h' -> of("MMM", moment);
            case 'B' -> of("MMMM", moment);
            case 'u' -> String.valueOf(moment.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(moment.getDayOfWeek().getValue() % 7);
            case 'F' -> of("uuuu-MM-dd", moment);
            case 'D' -> of("MM/dd/uu", moment);
            case 'T' -> of("HH:mm:ss", moment);
            case 'R' -> of("HH:mm", moment);
            case 's' -> String.valueOf(moment.toEpochSecond());
            case 'z' -> of("xx", moment);
            case 'Z' -> of("zzz", moment);
            case '%' -> "%";
            default -> "%" + letter;
        };
    }

    private static String of(String pattern, ZonedDateTime moment) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(moment);
    }
}
