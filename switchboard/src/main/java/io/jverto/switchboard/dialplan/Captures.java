package io.jverto.switchboard.dialplan;

import java.util.List;

/// What the groups of an expression took; group 0 is the whole match. Empty when the expression has no groups: then `$1` is
/// only text (dialplan-directory.md section 5.2).
record Captures(List<Text> groups) {
    static final Captures NONE = new Captures(List.of());

    /// Puts the groups in for `$1` to `$99` and `${1}`.
    Text substitute(Text template) {
        if (groups.isEmpty() || template.indexOf('$', 0) < 0) {
            return template;
        }
        Text.Builder out = new Text.Builder();
        int at = 0;
        while (at < template.length()) {
            int digits = template.isSyntax(at, '$') ? at + (template.isSyntax(at + 1, '{') ? 2 : 1) : -1;
            int end = digits < 0 ? -1 : endOfNumber(template, digits);
            boolean braces = digits == at + 2;
            if (end > digits && (!braces || template.isSyntax(end, '}'))) {
                int group = Integer.parseInt(template.slice(digits, end).toString());
                out.add(group < groups.size() ? groups.get(group) : Text.EMPTY);
                at = braces ? end + 1 : end;
            } else {
                out.add(template, at++);
            }
        }
        return out.build();
    }

    private static int endOfNumber(Text template, int from) {
        int at = from;
        while (at < template.length() && at < from + 2 && isDigit(template, at)) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(Text template, int at) {
        return template.isSyntax(at) && template.charAt(at) >= '0' && template.charAt(at) <= '9';
    }
}
