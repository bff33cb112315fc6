package io.jverto.switchboard.story;

import java.util.Set;
import java.util.regex.Pattern;

/// Keeps secrets out of what is shown of an application's data: values of variables that are called like one, passwords in addresses, the PIN of a
/// room, digits that are sent.
final class Discretion {
    private static final String HIDDEN = "***";
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([a-z0-9_.-]{0,64}(?:pass|pwd|secret|token|auth|cookie|credential|pin|key)[a-z0-9_.-]{0,64}[ \t]*[=:][ \t]*)[^,;{}\\[\\]]+");
    private static final Pattern IN_ADDRESS = Pattern.compile("(?i)((?:://|sips?:)[^/@:\\s]{0,128}:)[^@\\s]+@");
    /// The same where the text was cut before the end of the password.
    private static final Pattern CUT_IN_ADDRESS = Pattern.compile("(?i)((?:://|sips?:)[^/@:\\s]{0,128}:)[^@\\s]+$");
    private static final Pattern PIN = Pattern.compile("\\+(?!flags\\{)[^+]*");
    private static final Set<String> DIGITS = Set.of("send_dtmf", "queue_dtmf");

    private Discretion() {}

    static String shown(String application, String data) {
        if (DIGITS.contains(application) && !data.isEmpty()) {
            return HIDDEN;
        }
        String whole = IN_ADDRESS.matcher(data).replaceAll("$1" + HIDDEN + "@");
        String cut = data.length() < StoryEntry.MAX_TEXT ? whole : CUT_IN_ADDRESS.matcher(whole).replaceAll("$1" + HIDDEN);
        String named = NAMED.matcher(cut).replaceAll("$1" + HIDDEN);
        return application.equals("conference") ? PIN.matcher(named).replaceFirst("+" + HIDDEN) : named;
    }
}
