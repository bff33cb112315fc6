package io.jverto.switchboard.dialplan;

/// Puts values in for `${...}` (dialplan-directory.md section 7). What is put in is never looked at again: one pass, inner
/// references first, and only syntax characters of the template count.
public final class Expansion {
    /// Deeper nesting gives empty text.
    private static final int MAX_DEPTH = 16;
    /// An expanded text that would be longer is cut.
    public static final int MAX_LENGTH = 32_768;

    private final Scope scope;

    private Expansion(Scope scope) {
        this.scope = scope;
    }

    public static Text expand(Text template, Scope scope) {
        return template.indexOf('$', 0) < 0 ? template : new Expansion(scope).expand(template, 0);
    }

    private Text expand(Text template, int depth) {
        Text.Builder out = new Text.Builder();
        int at = 0;
        while (at < template.length() && out.length() < MAX_LENGTH) {
            int open = template.isSyntax(at, '$') ? openingBrace(template, at) : -1;
            int close = open < 0 ? -1 : closingBrace(template, open);
            if (close >= 0) {
                addCut(out, depth < MAX_DEPTH ? reference(template.slice(open + 1, close), depth) : Text.EMPTY);
                at = close + 1;
            } else {
                at += isEscape(template, at) ? 1 : 0;
                out.add(template, at++);
            }
        }
        return out.build();
    }

    private static void addCut(Text.Builder out, Text value) {
        int room = MAX_LENGTH - out.length();
        out.add(value.length() > room ? value.slice(0, room) : value);
    }

    /// `${` and `$${` mean the same at this point.
    private static int openingBrace(Text template, int dollar) {
        int at = template.isSyntax(dollar + 1, '$') ? dollar + 2 : dollar + 1;
        return template.isSyntax(at, '{') ? at : -1;
    }

    private static int closingBrace(Text template, int open) {
        int depth = 0;
        for (int at = open; at < template.length(); at++) {
            if (template.isSyntax(at, '{')) {
                depth++;
            } else if (template.isSyntax(at, '}') && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isEscape(Text template, int at) {
        return template.isSyntax(at, '\\')
                && (template.isSyntax(at + 1, '$') || template.isSyntax(at + 1, '\'') || template.isSyntax(at + 1, '\\'));
    }

    private Text reference(Text inner, int depth) {
        Text text = inner.indexOf('$', 0) < 0 ? inner : expand(inner, depth + 1);
        int parenthesis = text.indexOf('(', 0);
        int space = text.indexOf(' ', 0);
        if (parenthesis > 0 && (space < 0 || parenthesis < space)) {
            int end = text.isSyntax(text.length() - 1, ')') ? text.length() - 1 : text.length();
            return call(text.slice(0, parenthesis), text.slice(parenthesis + 1, end));
        }
        return space > 0 ? call(text.slice(0, space), text.slice(space + 1)) : variable(text);
    }

    private Text call(Text name, Text arguments) {
        return scope.command(name.toString(), arguments.toString().trim());
    }

    private Text variable(Text text) {
        int colon = text.indexOf(':', 0);
        if (colon < 0) {
            return element(text);
        }
        Text value = element(text.slice(0, colon));
        String[] numbers = text.slice(colon + 1).toString().split(":", 2);
        int offset = number(numbers[0]);
        int from = offset < 0 ? Math.max(0, value.length() + offset) : Math.min(offset, value.length());
        int length = numbers.length > 1 ? number(numbers[1]) : 0;
        return value.slice(from, length > 0 ? Math.min(value.length(), from + length) : value.length());
    }

    /// `name`, or `name[index]` for one element of an array.
    private Text element(Text name) {
        int open = name.indexOf('[', 0);
        String index = open > 0 && name.isSyntax(name.length() - 1, ']') ? name.slice(open + 1, name.length() - 1).toString() : "";
        if (!index.matches("[0-9]{1,4}")) {
            return scope.variable(name.toString());
        }
        return TextArray.element(scope.variable(name.slice(0, open).toString()), Integer.parseInt(index)).orElse(Text.EMPTY);
    }

    private static int number(String text) {
        try {
            return Math.clamp(Long.parseLong(text.trim()), -MAX_LENGTH, MAX_LENGTH);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
