package io.jverto.conference;

import java.util.Locale;

/// What a member may do, from a list of flags (conference.md section 6).
///
/// @param muted not heard
/// @param deaf hears nobody
/// @param moderator of the role that the target `non_moderator` leaves out
record MemberFlags(boolean muted, boolean deaf, boolean moderator) {
    static final MemberFlags NONE = new MemberFlags(false, false, false);
    private static final int MAX_WORDS = 10;

    /// @param text words joined by `|` or `,`; unknown ones are ignored
    static MemberFlags decode(String text) {
        boolean muted = false;
        boolean deaf = false;
        boolean moderator = false;
        String[] words = text.split("[|,]", MAX_WORDS + 1);
        for (int i = 0; i < Math.min(words.length, MAX_WORDS); i++) {
            switch (words[i].toLowerCase(Locale.ROOT)) {
                case "mute" -> muted = true;
                case "deaf" -> deaf = true;
                case "moderator" -> moderator = true;
                default -> {}
            }
        }
        return new MemberFlags(muted, deaf, moderator);
    }
}
