package io.jverto.switchboard.menu;

/// Digits that end what a caller types (dialplan-directory.md section 9.3, `read`).
///
/// @param digits those that do; empty for none
/// @param required whether what was typed counts only with one of them
/// @param counted whether the terminator is a part of what was typed
/// @param patient whether the prompt is played to its end whatever is typed
public record Terminators(String digits, boolean required, boolean counted, boolean patient) {
    public static final Terminators POUND = new Terminators("#", false, false, false);
    public static final Terminators NONE = new Terminators("", false, false, false);
    private static final String EVERY = "0123456789*#ABCD";

    /// `#`, `none`, `any`, or digits; in front of them, in any order, `=` for required, `+` for counted, `x` for patient.
    /// Blank is `#`.
    public static Terminators parse(String text) {
        String rest = text.trim();
        boolean required = false;
        boolean counted = false;
        boolean patient = false;
        while (!rest.isEmpty() && "=+x".indexOf(rest.charAt(0)) >= 0) {
            required |= rest.charAt(0) == '=';
            counted |= rest.charAt(0) == '+';
            patient |= rest.charAt(0) == 'x';
            rest = rest.substring(1);
        }
        String digits = switch (rest.toLowerCase(java.util.Locale.ROOT)) {
            case "" -> "#";
            case "none" -> "";
            case "any" -> EVERY;
            default -> rest.toUpperCase(java.util.Locale.ROOT);
        };
        return new Terminators(digits, required && !digits.isEmpty(), counted, patient);
    }

    boolean has(char digit) {
        return digits.indexOf(digit) >= 0;
    }
}
