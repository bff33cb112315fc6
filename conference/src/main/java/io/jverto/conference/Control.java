package io.jverto.conference;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Digits and what they do.
///
/// @param digits as written; `~pattern` for all that fit
/// @param pattern what fits
/// @param data of the action
record Control(String digits, Pattern pattern, ControlAction action, String data) {
    /// The built-in group `default`.
    static final List<Control> DEFAULT = List.of(
            plain("0", ControlAction.MUTE), plain("*", ControlAction.DEAF_MUTE), plain("9", ControlAction.ENERGY_UP),
            plain("8", ControlAction.ENERGY_EQU), plain("7", ControlAction.ENERGY_DOWN), plain("3", ControlAction.TALK_UP),
            plain("2", ControlAction.TALK_ZERO), plain("1", ControlAction.TALK_DOWN), plain("6", ControlAction.LISTEN_UP),
            plain("5", ControlAction.LISTEN_ZERO), plain("4", ControlAction.LISTEN_DOWN), plain("#", ControlAction.HANGUP));
    private static final Pattern DIGITS = Pattern.compile("[0-9A-Da-d*#]{1,30}");

    private static Control plain(String digits, ControlAction action) {
        return new Control(digits, Pattern.compile(Pattern.quote(digits)), action, "");
    }

    /// @return empty when the digits are none
    static Optional<Control> of(String digits, ControlAction action, String data) {
        try {
            return digits.startsWith("~")
                    ? Optional.of(new Control(digits, Pattern.compile(digits.substring(1)), action, data))
                    : Optional.of(digits).filter(text -> DIGITS.matcher(text).matches())
                            .map(text -> new Control(text, Pattern.compile(Pattern.quote(text)), action, data));
        } catch (PatternSyntaxException broken) {
            return Optional.empty();
        }
    }

    boolean fits(String pressed) {
        return pattern.matcher(pressed).matches();
    }

    /// Whether more digits could make it fit.
    boolean couldFit(String pressed) {
        if (!digits.startsWith("~")) {
            return digits.length() > pressed.length() && digits.startsWith(pressed);
        }
        var matcher = pattern.matcher(pressed);
        return !matcher.matches() && matcher.hitEnd();
    }
}
