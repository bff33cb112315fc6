package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The content of the brackets of a dial string: `name=value,name=value`, with `^^:` in front another separator than the comma;
/// `\,` and `'...'` keep a separator in a value (dialplan-directory.md section 11.1).
final class LegVariables {
    private LegVariables() {}

    static Map<String, Text> empty() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    /// @return the value when it is there and not blank
    static Optional<String> text(Map<String, Text> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(Text::toString).map(String::trim).filter(value -> !value.isEmpty());
    }

    /// Whether it is one of the switch's words for true.
    static boolean isTrue(@Nullable Text value) {
        return value != null && value.toString().trim().matches("(?i)true|yes|on|t|enabled|active|allow|[1-9][0-9]*");
    }

    static void read(Text content, Map<String, Text> into) {
        boolean own = content.length() > 2 && content.isSyntax(0, '^') && content.isSyntax(1, '^') && content.isSyntax(2);
        char separator = own ? content.charAt(2) : ',';
        int from = own ? 3 : 0;
        boolean quoted = false;
        for (int at = from; at <= content.length(); at++) {
            if (content.isSyntax(at, '\'')) {
                quoted = !quoted && content.indexOf('\'', at + 1) >= 0; // one that is not closed quotes nothing
            } else if (content.isSyntax(at, '\\')) {
                at++;
            } else if (at >= content.length() || !quoted && content.isSyntax(at, separator)) {
                add(content.slice(from, Math.min(at, content.length())), separator, into);
                from = at + 1;
            }
        }
        if (from < content.length()) {
            add(content.slice(from), separator, into);
        }
    }

    private static void add(Text pair, char separator, Map<String, Text> into) {
        int equals = pair.indexOf('=', 0);
        if (equals > 0) {
            into.put(pair.slice(0, equals).toString().trim(), plain(pair.slice(equals + 1).trim(), separator));
        }
    }

    /// Without the quotes and backslashes that only protected separators.
    private static Text plain(Text value, char separator) {
        Text text = value;
        for (int at = 0; at < text.length(); at++) {
            boolean escape = text.isSyntax(at, '\\') && isProtected(text, at + 1, separator);
            boolean opens = text.isSyntax(at, '\'') && text.indexOf('\'', at + 1) > at;
            if (escape) {
                text = Text.join(text.slice(0, at), text.slice(at + 1));
            } else if (opens) {
                int close = text.indexOf('\'', at + 1);
                Text inner = text.slice(at + 1, close);
                text = Text.join(Text.join(text.slice(0, at), inner), text.slice(close + 1));
                at += inner.length() - 1;
            }
        }
        return text;
    }

    private static boolean isProtected(Text text, int at, char separator) {
        return text.isSyntax(at, ',') || text.isSyntax(at, '\'') || text.isSyntax(at, '\\') || text.isSyntax(at, separator)
                || text.isSyntax(at, '}') || text.isSyntax(at, ']') || text.isSyntax(at, '>');
    }
}
