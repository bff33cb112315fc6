package io.jverto.switchboard.dialplan;

import java.util.Map;

/// Turns a Perl-compatible expression into one that means the same to `java.util.regex`: POSIX classes, brackets and braces that
/// PCRE takes literally, `(?P<name>`. Also the switch's own form `_NXX` (dialplan-directory.md section 5.2).
final class PcreSyntax {
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("space", "\\s"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("xdigit", "\\p{XDigit}"),
            Map.entry("word", "\\w"),
            Map.entry("blank", "\\p{Blank}"));

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private PcreSyntax(String source) {
        this.source = source;
    }

    static String toJava(String pcre) {
        return new PcreSyntax(pcre).translate();
    }

    /// `_` and then X 0-9, Z 1-9, N 2-9, `[...]`, `.` one or more, `!` any number of characters.
    static String fromPattern(String pattern) {
        StringBuilder regex = new StringBuilder("^");
        for (char c : pattern.substring(1).toCharArray()) {
            switch (c) {
                case 'X', 'x' -> regex.append("[0-9]");
                case 'Z', 'z' -> regex.append("[1-9]");
                case 'N', 'n' -> regex.append("[2-9]");
                case '.' -> regex.append(".+");
                case '!' -> regex.append(".*");
                case '*', '+', '(', ')', '|', '?', '^', '$', '{', '}', '\\' -> regex.append('\\').append(c);
                default -> regex.append(c);
            }
        }
        return regex.append('$').toString();
    }

    private String translate() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\\') {
                copy(2);
            } else if (c == '[') {
                characterClass();
            } else if (source.startsWith("(?P<", at)) {
                out.append("(?<");
                at += 4;
            } else if (c == '{' && !isQuantifier()) {
                out.append("\\{");
                at++;
            } else {
                copy(1);
            }
        }
        return out.toString();
    }

    /// In Java `[` and `&&` nest inside of a class; in PCRE they are characters.
    private void characterClass() {
        copy(1);
        if (at < source.length() && source.charAt(at) == '^') {
            copy(1);
        }
        boolean first = true;
        while (at < source.length() && (first || source.charAt(at) != ']')) {
            char c = source.charAt(at);
            if (c == '\\') {
                copy(2);
            } else if (!posix()) {
                out.append(c == '[' || c == '&' || c == ']' ? "\\" : "").append(c);
                at++;
            }
            first = false;
        }
        copy(1);
    }

    private boolean posix() {
        int end = source.startsWith("[:", at) ? source.indexOf(":]", at) : -1;
        String name = end < 0 ? "" : source.substring(at + 2, end);
        if (!POSIX.containsKey(name)) {
            return false;
        }
        out.append(POSIX.get(name));
        at = end + 2;
        return true;
    }

    private boolean isQuantifier() {
        int i = at + 1;
        int digits = 0;
        while (i < source.length() && (Character.isDigit(source.charAt(i)) || digits > 0 && source.charAt(i) == ',')) {
            i++;
            digits++;
        }
        return digits > 0 && i < source.length() && source.charAt(i) == '}';
    }

    private void copy(int count) {
        int end = Math.min(source.length(), at + count);
        out.append(source, at, end);
        at = end;
    }
}
