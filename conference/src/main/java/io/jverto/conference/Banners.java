package io.jverto.conference;

import io.jverto.media.plan.Scene.Banner;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads texts of banners: `{fg=#cccccc,bg=#142e55,font_scale=5}Ada` (conference.md section 21.5).
final class Banners {
    private static final Pattern SETTINGS = Pattern.compile("\\{([^}]{0,300})}(.*)", Pattern.DOTALL);
    private static final Pattern SETTING = Pattern.compile("\\s*([a-z_]+)\\s*=\\s*([^,]*)");
    private static final int MAX_TEXT = 100;
    private static final int FOREGROUND = 0xcccccc;
    private static final int BACKGROUND = 0x142e55;
    /// Hundredths of the height of a place.
    private static final int SIZE = 5;
    private static final int MAX_SIZE = 25;

    private Banners() {}

    /// @return empty for an empty text
    static Optional<Banner> of(String text) {
        Matcher settings = SETTINGS.matcher(text);
        String line = Member.printable(settings.matches() ? settings.group(2) : text).strip();
        int foreground = FOREGROUND;
        int background = BACKGROUND;
        int size = SIZE;
        if (settings.matches()) {
            Matcher setting = SETTING.matcher(settings.group(1));
            while (setting.find()) {
                String value = setting.group(2).strip();
                switch (setting.group(1)) {
                    case "fg" -> foreground = CanvasProfile.colour(value).orElse(foreground);
                    case "bg" -> background = CanvasProfile.colour(value).orElse(background);
                    case "font_scale" -> size = value.matches("[0-9]{1,3}") ? Math.clamp(Integer.parseInt(value), 1, MAX_SIZE) : size;
                    default -> {} // faces and limits of sizes: there is one face, and it fits by itself
                }
            }
        }
        String shown = line.substring(0, line.offsetByCodePoints(0, Math.min(MAX_TEXT, line.codePointCount(0, line.length()))));
        return shown.isEmpty() ? Optional.empty() : Optional.of(new Banner(shown, foreground, background, size));
    }

    /// @param text escaped as JavaScript's `encodeURI` does, or its `escape`
    static String unescaped(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B").replaceAll("%u([0-9A-Fa-f]{4})", "%EF%BF%BD"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }
}
