package io.jverto.switchboard.dialplan;

import java.util.LinkedHashMap;
import java.util.Map;

/// An application's data without the variables in front of it, which are the channel's for this one application:
/// `%[name=value,...]data`, or with another separator `%[^^:name=value:...]data` (dialplan-directory.md section 5.3). Only characters that
/// the configuration wrote separate.
///
/// @param variables as written, nothing put in yet
public record Prefixed(Map<String, Text> variables, Text data) {
    private static final int MAX_VARIABLES = 100;

    public static Prefixed parse(Text text) {
        int close = text.isSyntax(0, '%') && text.isSyntax(1, '[') ? close(text) : -1;
        if (close < 0) {
            return new Prefixed(Map.of(), text);
        }
        Map<String, Text> variables = new LinkedHashMap<>();
        Text list = text.slice(2, close);
        boolean own = list.length() > 3 && list.isSyntax(0, '^') && list.isSyntax(1, '^');
        char separator = own ? list.charAt(2) : ',';
        Text rest = list.slice(own ? 3 : 0);
        while (!rest.isEmpty() && variables.size() < MAX_VARIABLES) {
            int end = end(rest, separator);
            add(variables, rest.slice(0, end));
            rest = rest.slice(Math.min(rest.length(), end + 1));
        }
        return new Prefixed(variables, text.slice(close + 1));
    }

    private static void add(Map<String, Text> variables, Text pair) {
        int equals = pair.indexOf('=', 0);
        if (equals > 0) {
            variables.put(pair.slice(0, equals).trim().toString(), pair.slice(equals + 1));
        }
    }

    private static int close(Text text) {
        int depth = 0;
        for (int at = 1; at < text.length(); at++) {
            depth += text.isSyntax(at, '[') ? 1 : text.isSyntax(at, ']') ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }

    /// A separator within `${...}` is the command's.
    private static int end(Text text, char separator) {
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            depth += text.isSyntax(at, '{') ? 1 : text.isSyntax(at, '}') ? -1 : 0;
            if (depth <= 0 && text.isSyntax(at, separator)) {
                return at;
            }
        }
        return text.length();
    }
}
