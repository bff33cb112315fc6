package io.jverto.switchboard.voicemail;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A name of a user or domain as the name of a folder: whatever could lead elsewhere is written as `%2f` (security.md S34).
final class FolderName {
    private FolderName() {}

    static String of(String name) {
        StringBuilder folder = new StringBuilder();
        for (byte one : name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' && !folder.isEmpty();
            folder.append(plain ? String.valueOf(c) : String.format("%%%02x", (int) c));
        }
        return folder.isEmpty() ? "%" : folder.toString();
    }
}
