package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import java.util.Map;
import java.util.TreeMap;

/// The content of the brackets of a dial string: `name=value,name=value`, with `^^:` in front another separator than the comma;
/// `\,` and `'...'` keep a separator in a value (dialplan-directory.md section 11.1).
final class LegVariables {
    private LegVariables() {}

    static Map<String, Text> empty() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    static void read(Text content, Map<String, Text> into) {
        boolean own = content.length() > 2 && content.isSyntax(0, '^') && content.isSyntax(1, '^');
        char separator = own ? content.charAt(2) : ',';
        int from = own ? 3 : 0;
        boolean quoted = false;
        for (int at = from; at <= content.length(); at++) {
            if (content.isSyntax(at, '\'')) {
                quoted = !quoted;
            } else if (content.isSyntax(at, '\\')) {
                at++;
            } else if (at >= content.length() || !quoted && content.isSyntax(at, separator)) {
                add(content.slice(from, Math.min(at, content.length())), into);
                from = at + 1;
            }
        }
        if (from < content.length()) {
            add(content.slice(from), into);
        }
    }

    private static void add(Text pair, Map<String, Text> into) {
        int equals = pair.indexOf('=', 0);
        if (equals > 0) {
            into.put(pair.slice(0, equals).toString().trim(), plain(pair.slice(equals + 1).trim()));
        }
    }

    /// Without the quotes and backslashes that only protected separators.
    private static Text plain(Text value) {
        Text text = value;
        for (int at = 0; at < text.length(); at++) {
            boolean escape = text.isSyntax(at, '\\') && (text.isSyntax(at + 1, ',') || text.isSyntax(at + 1, '\'') || text.isSyntax(at + 1, '\\'));
            if (escape || text.isSyntax(at, '\'')) {
                text = Text.join(text.slice(0, at), text.slice(at + 1));
                at -= escape ? 0 : 1;
            }
        }
        return text;
    }
}
