package io.jverto.sip.message;

/// Reads one text from left to right by the grammar of RFC 3261 section 25.1.
final class Cursor {
    private static final String TOKEN_MARKS = "-.!%*_+`'~";

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    /// @return the next character, 0 at the end
    char peek() {
        return atEnd() ? 0 : text.charAt(at);
    }

    Cursor skipSpace() {
        while (!atEnd() && isSpace(text.charAt(at))) {
            at++;
        }
        return this;
    }

    boolean accept(char wanted) {
        if (peek() != wanted || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char wanted, String where) throws MalformedSip {
        if (!accept(wanted)) {
            throw new MalformedSip("no " + wanted + " where " + where + " needs one");
        }
    }

    /// A separator with white space around it.
    boolean acceptAround(char wanted) {
        int before = at;
        if (skipSpace().accept(wanted)) {
            skipSpace();
            return true;
        }
        at = before;
        return false;
    }

    String token(String what) throws MalformedSip {
        int from = at;
        while (!atEnd() && isTokenChar(text.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw new MalformedSip("no " + what);
        }
        return text.substring(from, at);
    }

    /// Up to the first of `ends`, or the end.
    String until(String ends) {
        int from = at;
        while (!atEnd() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /// @return a quoted string with its quotes and backslashes
    String quotedRaw() throws MalformedSip {
        int from = at;
        expect('"', "a quoted string");
        while (!atEnd() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        expect('"', "a quoted string");
        return text.substring(from, at);
    }

    long number(String what, long most) throws MalformedSip {
        int from = at;
        long value = 0;
        while (!atEnd() && peek() >= '0' && peek() <= '9') {
            value = value * 10 + (peek() - '0');
            if (value > most) {
                throw new MalformedSip(what + " is too large");
            }
            at++;
        }
        if (at == from) {
            throw new MalformedSip(what + " is no number");
        }
        return value;
    }

    static boolean isTokenChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isTokenChar((char) c));
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /// What a line of a message cannot carry, whoever wrote it.
    static boolean isControl(char c) {
        return c < ' ' && c != '\t' || c == 0x7f;
    }

    /// @return the text with each control character as a space: foreign text never ends a line (S32)
    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            clean.append(isControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        return clean.toString();
    }

    static String unquote(String raw) {
        if (raw.length() < 2 || raw.charAt(0) != '"') {
            return raw;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < raw.length() - 1; i++) {
            if (raw.charAt(i) == '\\' && i + 1 < raw.length() - 1) {
                i++;
            }
            plain.append(raw.charAt(i));
        }
        return plain.toString();
    }

    static String quote(String plain) {
        return "\"" + plain.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
