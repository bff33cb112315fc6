package io.jverto.switchboard.channel;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.dialplan.Text;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the text of `playback` and `ringback` means (dialplan-directory.md section 10). Leaves out: files.
public final class Sounds {
    private static final Pattern PARAMS = Pattern.compile("^\\{([^{}]*)\\}");
    private static final Pattern LOOPS = Pattern.compile("(?:^|,)\\s*loops=(-?[0-9]{1,6})");

    private Sounds() {}

    /// @return empty when there is nothing of that name
    public static Optional<Sound> parse(String text) {
        String path = text.trim();
        Matcher params = PARAMS.matcher(path);
        String loops = "";
        if (params.find()) {
            path = path.substring(params.end()).trim();
            Matcher found = LOOPS.matcher(params.group(1));
            loops = found.find() ? ";loops=" + found.group(1) : "";
        }
        if (path.startsWith("tone_stream://")) {
            return Optional.of(new Sound.Tone(path.substring("tone_stream://".length()) + loops));
        }
        if (path.startsWith("silence_stream://")) {
            return silence(path.substring("silence_stream://".length()));
        }
        return path.startsWith("local_stream://") ? Optional.of(new Sound.Music()) : Optional.empty();
    }

    /// What a caller hears while the other side rings: a bare tone script or anything that can be played, without end.
    public static Optional<Sound> ringback(String text) {
        String path = text.trim();
        Optional<Sound> sound = path.startsWith("%(") || path.startsWith("v=") || path.startsWith("L=")
                ? Optional.of(new Sound.Tone(path))
                : parse(path);
        return sound.map(Sounds::endless);
    }

    /// What somebody hears whom this channel's party has put on hold (`hold_music`), without end; `silence` is nothing at all.
    public static Sound holdMusic(Channel channel) {
        String wanted = channel.expand(Text.syntax("${hold_music}")).toString();
        return wanted.trim().equalsIgnoreCase("silence") ? new Sound.Silence(-1) : ringback(wanted).orElseGet(Sound.Music::new);
    }

    private static Sound endless(Sound sound) {
        return switch (sound) {
            case Sound.Tone(String script) -> script.contains(";loops=") ? sound : new Sound.Tone(script + ";loops=-1");
            case Sound.Music music -> music;
            case Sound.Silence silence -> new Sound.Silence(-1);
        };
    }

    private static Optional<Sound> silence(String text) {
        String millis = text.split(",", 2)[0].trim();
        return millis.matches("-1|[0-9]{1,9}") ? Optional.of(new Sound.Silence(Integer.parseInt(millis))) : Optional.empty();
    }
}
