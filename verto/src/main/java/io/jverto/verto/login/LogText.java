package io.jverto.verto.login;

/// Text of strangers, made fit for one line of a log: no line ends, terminal controls or bidirectional overrides.
public final class LogText {
    private static final int MAX = 128;

    private LogText() {}

    public static String safe(String text) {
        String shown = text.length() <= MAX ? text : text.substring(0, MAX);
        StringBuilder out = new StringBuilder(shown.length());
        shown.chars().forEach(c -> out.append(harmless(c) ? (char) c : '?'));
        return out.toString();
    }

    private static boolean harmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && c != '"';
    }
}
