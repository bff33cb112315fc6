package io.jverto.wire.verto;

import java.util.Locale;
import java.util.Set;

/// What counts as yes in settings and in booleans written as text (verto-wire.md section 0.2).
public final class VertoTruth {
    private static final Set<String> YES = Set.of("yes", "on", "true", "t", "enabled", "active", "allow");

    private VertoTruth() {}

    public static boolean isTrue(String text) {
        String word = text.trim().toLowerCase(Locale.ROOT);
        boolean number = !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return YES.contains(word) || (number && word.chars().anyMatch(c -> c != '0'));
    }
}
