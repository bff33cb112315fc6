package io.jverto.switchboard.channel;

/// Text of callers made fit for a log line: no line breaks, terminal sequences or direction marks (security.md S14), not too long.
public final class LogText {
    private static final int MAX = 200;

    private LogText() {}

    public static String of(Object value) {
        String text = value.toString();
        return text.length() <= MAX && isPlain(text) ? text : clean(text);
    }

    /// Nearly all are.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String clean(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX; i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            boolean odd = type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR || type == Character.SURROGATE && !isPaired(text, i);
            out.append(odd ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return text.length() > MAX ? out + "..." : out.toString();
    }

    private static boolean isPaired(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                || Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
