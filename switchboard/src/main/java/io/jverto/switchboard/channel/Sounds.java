package io.jverto.switchboard.channel;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the text of `playback`, `ringback` and `hold_music` means (dialplan-directory.md sections 9.4 and 10). Only what the configuration
/// wrote separates. What is not there is logged and left out. Leaves out: network addresses.
public final class Sounds {
    private static final Logger log = LoggerFactory.getLogger(Sounds.class);
    private static final Pattern LOOPS = Pattern.compile("(?:^|,)\\s*loops=(-?[0-9]{1,6})");
    private static final Pattern OTHER_SCHEME = Pattern.compile("^(say:|phrase:|[A-Za-z0-9+.-]{2,20}://)");
    private static final String TONE = "tone_stream://";
    private static final String SILENCE = "silence_stream://";
    private static final String STATION = "local_stream://";
    private static final String LIST = "file_string://";
    private static final int MAX_PARTS = 256;
    private static final int DEFAULT_GAP_MILLIS = 250;
    private static final int MAX_GAP_MILLIS = 10_000;

    private Sounds() {}

    /// @return empty when there is nothing of that name
    public static Optional<Sound> parse(Channel channel, Text text) {
        return parse(SoundScope.of(channel), text);
    }

    /// @return empty when there is nothing of that name
    public static Optional<Sound> parse(SoundScope scope, Text text) {
        Text path = text.trim();
        int close = path.isSyntax(0, '{') ? path.indexOf('}', 0) : -1;
        Matcher loops = LOOPS.matcher(close < 0 ? "" : path.slice(1, close).toString());
        path = close < 0 ? path : path.slice(close + 1).trim();
        Optional<Sound> sound = list(scope, path);
        return loops.find() ? sound.map(one -> repeated(one, Integer.parseInt(loops.group(1)))) : sound;
    }

    /// What a caller hears while the other side rings: a bare tone script or anything that can be played, without end.
    public static Optional<Sound> ringback(Channel channel, Text text) {
        String path = text.toString().trim();
        Optional<Sound> sound = path.startsWith("%(") || path.startsWith("v=") || path.startsWith("L=")
                ? Optional.of(new Sound.Tone(path))
                : parse(channel, text);
        return sound.map(Sounds::endless);
    }

    /// What somebody hears whom this channel's party has put on hold (`hold_music`), without end; `silence` is nothing at all.
    public static Sound holdMusic(Channel channel) {
        Text wanted = channel.expand(Text.syntax("${hold_music}"));
        if (wanted.isEmpty()) {
            return new Sound.Music();
        }
        return wanted.toString().trim().equalsIgnoreCase("silence")
                ? new Sound.Silence(-1)
                : ringback(channel, wanted).orElseGet(Sound.Music::new);
    }

    /// @param times -1 for ever
    public static Sound repeated(Sound sound, int times) {
        return switch (sound) {
            case Sound.Tone(String script) -> new Sound.Tone(script + ";loops=" + times);
            case Sound.Music _, Sound.Station _, Sound.Echo _, Sound.Watch _ -> sound;
            case Sound.Silence _, Sound.File _ -> new Sound.Sequence(List.of(sound), times);
            case Sound.Sequence(List<Sound> parts, int _) -> new Sound.Sequence(parts, times);
        };
    }

    /// @return the same without an end
    public static Sound endless(Sound sound) {
        return switch (sound) {
            case Sound.Tone(String script) when script.contains(";loops=") -> sound;
            case Sound.Silence _ -> new Sound.Silence(-1);
            case Sound.Tone _, Sound.Music _, Sound.Station _, Sound.Echo _, Sound.Watch _, Sound.File _, Sound.Sequence _ -> repeated(sound, -1);
        };
    }

    /// `file_string://a!b`, or `a<delimiter>b` with pauses between where `playback_delimiter` says so.
    private static Optional<Sound> list(SoundScope scope, Text path) {
        if (isSpoken(path)) {
            return scope.spoken().apply(path);
        }
        if (startsWith(path, LIST)) {
            return sequence(scope, path.slice(LIST.length()).split('!'), 0);
        }
        Optional<String> delimiter = scope.text("playback_delimiter").filter(text -> text.length() == 1);
        if (delimiter.isPresent() && path.indexOf(delimiter.get().charAt(0), 0) >= 0) {
            int gap = scope.text("playback_sleep_val").filter(value -> value.matches("-?[0-9]{1,9}")).map(Integer::valueOf).orElse(DEFAULT_GAP_MILLIS);
            return sequence(scope, path.split(delimiter.get().charAt(0)), Math.clamp(gap, 0, MAX_GAP_MILLIS));
        }
        return one(scope, path);
    }

    private static Optional<Sound> sequence(SoundScope scope, List<Text> names, int gapMillis) {
        List<Sound> parts = new ArrayList<>();
        for (Text name : names) {
            Optional<Sound> part = name.trim().isEmpty() || parts.size() >= MAX_PARTS ? Optional.empty() : part(scope, name.trim());
            if (part.isPresent()) {
                if (gapMillis > 0 && !parts.isEmpty()) {
                    parts.add(new Sound.Silence(gapMillis));
                }
                parts.addAll(part.get() instanceof Sound.Sequence(List<Sound> several, int _) ? several : List.of(part.get()));
            } else if (!name.trim().isEmpty()) {
                log.warn("{}: {} is left out of a list of sounds", scope.logId(), LogText.of(name));
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Sound.Sequence(parts, 1));
    }

    private static boolean isSpoken(Text path) {
        return startsWith(path, Spoken.SAY) || startsWith(path, Spoken.PHRASE);
    }

    /// What may stand in a list: what has an end.
    private static Optional<Sound> part(SoundScope scope, Text name) {
        Optional<Sound> spoken = isSpoken(name) ? scope.spoken().apply(name) : Optional.empty();
        return spoken.or(() -> one(scope, name)).filter(sound -> !(sound instanceof Sound.Station || sound instanceof Sound.Music));
    }

    static Optional<Sound> one(Channel channel, Text path) {
        return one(SoundScope.of(channel), path);
    }

    private static Optional<Sound> one(SoundScope scope, Text path) {
        String text = path.toString();
        if (text.startsWith(TONE)) {
            return Optional.of(new Sound.Tone(text.substring(TONE.length())));
        }
        if (text.startsWith(SILENCE)) {
            return silence(scope, text.substring(SILENCE.length()));
        }
        if (text.startsWith(STATION)) {
            return Optional.of(station(scope, text.substring(STATION.length())));
        }
        if (path.isEmpty() || OTHER_SCHEME.matcher(text).find()) {
            log.warn("{}: there is no sound of the kind {}", scope.logId(), LogText.of(path));
            return Optional.empty();
        }
        return file(scope, path);
    }

    /// The built-in music stands in for a station that is not configured.
    private static Sound station(SoundScope scope, String name) {
        Optional<Sound.Station> station = scope.routing().stations().find(name.trim());
        return station.isPresent() ? station.get() : new Sound.Music();
    }

    /// `path[@@samples to leave out]`.
    private static Optional<Sound> file(SoundScope scope, Text path) {
        int at = path.indexOf('@', 0);
        while (at >= 0 && !path.isSyntax(at + 1, '@')) {
            at = path.indexOf('@', at + 1);
        }
        String offset = at < 0 ? "" : path.slice(at + 2).toString().trim();
        long start = offset.matches("[0-9]{1,15}") ? Long.parseLong(offset) : 0;
        return SoundPaths.toPlay(scope, at < 0 ? path : path.slice(0, at)).map(found -> new Sound.File(found, start));
    }

    private static Optional<Sound> silence(SoundScope scope, String text) {
        String millis = text.split(",", 2)[0].trim();
        if (!millis.matches("-1|[0-9]{1,9}")) {
            log.warn("{}: {} takes milliseconds, or -1, not {}", scope.logId(), SILENCE, LogText.of(text));
            return Optional.empty();
        }
        return Optional.of(new Sound.Silence(Integer.parseInt(millis)));
    }

    static boolean startsWith(Text text, String beginning) {
        for (int i = 0; i < beginning.length(); i++) {
            if (!text.isSyntax(i, beginning.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
