package io.jverto.server.log;

/// Makes text harmless to a terminal and to whoever reads the log line by line: control characters and those that turn
/// the direction of writing come out as escapes.
public final class Escapes {
    private Escapes() {}

    /// Of several lines, which stay lines.
    public static String text(String text) {
        return escape(text, true);
    }

    static String escape(String text) {
        return escape(text, false);
    }

    /// Of a stack trace: lines stay lines, but none can look like an entry of the log.
    static String escapeTrace(String text) {
        return escape(text, true).replaceAll("\n(?![\t]|$)", "\n\t");
    }

    private static String escape(String text, boolean lines) {
        if (isHarmless(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(character -> {
            if (!isDangerous(character) || (lines && (character == '\n' || character == '\t'))) {
                escaped.append((char) character);
            } else {
                append(escaped, character);
            }
        });
        return escaped.toString();
    }

    private static boolean isHarmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isDangerous(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void append(StringBuilder escaped, int character) {
        switch (character) {
            case '\r' -> escaped.append("\\r");
            case '\n' -> escaped.append("\\n");
            case '\t' -> escaped.append("\\t");
            default -> escaped.append("\\u%04x".formatted(character));
        }
    }

    private static boolean isDangerous(int character) {
        return character < 0x20
                || (character >= 0x7f && character < 0xa0)
                || (character >= 0x200e && character <= 0x200f)
                || (character >= 0x2028 && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069);
    }
}
