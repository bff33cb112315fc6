package io.jverto.switchboard.channel;

import io.jverto.media.plan.Recording;
import io.jverto.switchboard.dialplan.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where sounds are and recordings go. A path of which a caller chose as little as one character does not leave the folders `sounds_dir`,
/// `prompts_dir` and `recordings_dir`, by whatever dots or links (security.md S34); one that the configuration wrote may lie anywhere. Looks at the
/// disk, so channels alone use it.
public final class SoundPaths {
    private static final Logger log = LoggerFactory.getLogger(SoundPaths.class);
    private static final String SOUNDS = "sounds_dir";
    private static final String RECORDINGS = "recordings_dir";
    /// The server's own prompts.
    private static final String PROMPTS = "prompts_dir";
    private static final String PREFIX = "sound_prefix";
    private static final String WAV = ".wav";
    private static final String OPUS = ".opus";
    /// Files of one recording: as often as the server was started again in it.
    private static final int MOST_BESIDE = 1_000;
    /// Language, country, voice.
    private static final int VOICE_FOLDERS = 3;
    private static final Pattern RECORDED = Pattern.compile("\\.(wav|ogg|opus|webm|mkv)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern PAINTED = Pattern.compile("\\.png$", Pattern.CASE_INSENSITIVE);
    /// Folders of sound packs, the best first.
    private static final List<String> RATES = List.of("48000", "32000", "16000", "8000");

    private SoundPaths() {}

    /// A place for a recording.
    ///
    /// @param followLinks whether a link there was made by whoever may
    public record Place(Path path, boolean followLinks) {}

    /// @return the file to play, empty when there is none that may be played; the log says why
    public static Optional<Path> toPlay(Channel channel, Text name) {
        return toPlay(SoundScope.of(channel), name);
    }

    /// @return the file to play, if it is there and may be played; nobody is told otherwise
    static Optional<Path> find(Channel channel, Text name) {
        SoundScope scope = SoundScope.of(channel);
        return existing(scope, name).filter(path -> may(scope, name, path));
    }

    private static Optional<Path> existing(SoundScope scope, Text name) {
        return candidates(scope, name).stream().filter(Files::isRegularFile).findFirst();
    }

    private static boolean may(SoundScope scope, Text name, Path found) {
        return !hasData(name) || Stream.of(SOUNDS, RECORDINGS, PROMPTS).anyMatch(folder -> isInside(found, folder(scope, folder)));
    }

    /// How a recording goes on after the server was started again: a WAV file at its end, others in a file beside the first, `<name>-2.<extension>`
    /// or the next that is not there.
    public static Recording resumed(Recording before) {
        Path path = before.path();
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".wav") ? before.appended() : before.to(beside(path));
    }

    /// @return `<name>-2.<extension>`, or the next that is not there
    public static Path beside(Path path) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        Path next = path;
        for (int number = 2; number <= MOST_BESIDE && Files.exists(next, LinkOption.NOFOLLOW_LINKS); number++) {
            next = path.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
        }
        return next;
    }

    /// Whether it can be the name of a recording.
    public static boolean isRecordable(Path path) {
        return path.getParent() != null && RECORDED.matcher(path.getFileName().toString()).find();
    }

    /// @return where to record, with its folder made; empty when that may not be; the log says why
    public static Optional<Place> toRecord(Channel channel, Text name) {
        return toRecord(SoundScope.of(channel), name);
    }

    /// @return the file to play, empty when there is none that may be played; the log says why
    public static Optional<Path> toPlay(SoundScope scope, Text name) {
        Optional<Path> found = existing(scope, name);
        if (found.isEmpty()) {
            log.warn("{}: there is no sound file {}", scope.logId(), LogText.of(name));
            return Optional.empty();
        }
        if (may(scope, name, found.get())) {
            return found;
        }
        log.warn("{}: {} lies outside of the folders from which a caller may choose", scope.logId(), LogText.of(name));
        return Optional.empty();
    }

    /// @return where to record, with its folder made; empty when that may not be; the log says why
    public static Optional<Place> toRecord(SoundScope scope, Text name) {
        Optional<Path> path = path(folder(scope, RECORDINGS), withExtension(name.toString())).map(Path::normalize);
        if (path.filter(SoundPaths::isRecordable).isEmpty()) {
            log.warn("{}: {} cannot be recorded: name a .wav, .ogg, .opus, .webm or .mkv file", scope.logId(), LogText.of(name));
            return Optional.empty();
        }
        return place(scope, name, path.get());
    }

    /// @param name of a `.png` file, in the folder of recordings if it is a client's
    /// @return where to write a picture, with its folder made; empty when that may not be; the log says why
    public static Optional<Place> toPaint(SoundScope scope, Text name) {
        Optional<Path> path = path(folder(scope, RECORDINGS), name.toString()).map(Path::normalize);
        if (path.isEmpty() || path.get().getParent() == null || !PAINTED.matcher(path.get().getFileName().toString()).find()) {
            log.warn("{}: {} is no name of a picture: name a .png file", scope.logId(), LogText.of(name));
            return Optional.empty();
        }
        return place(scope, name, path.get());
    }

    private static Optional<Place> place(SoundScope scope, Text name, Path path) {
        Optional<Path> folder = folder(scope, RECORDINGS);
        Path parent = path.getParent();
        try {
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
            if (hasData(name) && !isInside(existing(parent), folder)) {
                log.warn("{}: {} is not recorded: it lies outside of the recordings folder", scope.logId(), LogText.of(name));
                return Optional.empty();
            }
            Files.createDirectories(parent);
            return Optional.of(new Place(path, !hasData(name)));
        } catch (IOException unwritable) {
            log.warn("{}: {} is not recorded: its folder cannot be made: {}", scope.logId(), LogText.of(name),
                    LogText.of(unwritable.getMessage()));
            return Optional.empty();
        }
    }

    /// In the folder of the voice, then in that of all sounds, then among our own prompts: as it is, then in the folders of rates beside it;
    /// without an extension also with ours, and an Ogg file of Opus in place of a WAV file.
    private static List<Path> candidates(SoundScope scope, Text name) {
        List<Path> candidates = new ArrayList<>();
        for (Optional<Path> folder : List.of(prefix(scope), folder(scope, SOUNDS), folder(scope, PROMPTS))) {
            for (String text : names(name.toString())) {
                path(folder, text).ifPresent(path -> {
                    candidates.add(path);
                    RATES.forEach(rate -> candidates.add(path.resolveSibling(rate).resolve(path.getFileName())));
                });
            }
        }
        names(name.toString()).forEach(text -> ofAnotherVoice(scope, text).ifPresent(candidates::add));
        return candidates;
    }

    /// Configurations name a voice that is not there by its full path, `/usr/share/sounds/en/us/callie/ivr/hello.wav`: our own has it perhaps.
    private static Optional<Path> ofAnotherVoice(SoundScope scope, String name) {
        Optional<Path> sounds = folder(scope, SOUNDS);
        return path(sounds, name)
                .filter(path -> path.startsWith(sounds.orElse(path)))
                .map(path -> sounds.orElse(path).relativize(path))
                .filter(path -> path.getNameCount() > VOICE_FOLDERS)
                .flatMap(path -> path(folder(scope, PROMPTS), path.subpath(VOICE_FOLDERS, path.getNameCount()).toString()));
    }

    private static List<String> names(String name) {
        String wav = withExtension(name);
        return wav.endsWith(WAV)
                ? List.of(name, wav, wav.substring(0, wav.length() - WAV.length()) + OPUS)
                : List.of(name);
    }

    /// `sound_prefix` of the channel or room, else of the configuration. What a caller chose does not count.
    private static Optional<Path> prefix(SoundScope scope) {
        Text own = scope.variable().apply(PREFIX);
        Map<String, String> globals = scope.routing().globals();
        Text prefix = own.isEmpty() ? Text.syntax(globals.getOrDefault(PREFIX, "")) : own;
        return prefix.isEmpty() || hasData(prefix) ? Optional.empty() : path(folder(scope, SOUNDS), prefix.toString());
    }

    private static Optional<Path> folder(SoundScope scope, String variable) {
        Map<String, String> globals = scope.routing().globals();
        return path(Optional.empty(), globals.getOrDefault(variable, ""));
    }

    /// @param folder where a relative path counts from; without one there are none
    /// @return empty when it cannot be a path of a file
    private static Optional<Path> path(Optional<Path> folder, String text) {
        try {
            Path path = Path.of(text);
            boolean usable = path.getFileName() != null && !path.getFileName().toString().isEmpty();
            return !usable ? Optional.empty() : path.isAbsolute() ? Optional.of(path) : folder.map(base -> base.resolve(path));
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }

    private static String withExtension(String name) {
        return name.indexOf('.', name.lastIndexOf('/') + 1) < 0 ? name + WAV : name;
    }

    static boolean hasData(Text text) {
        for (int i = 0; i < text.length(); i++) {
            if (!text.isSyntax(i)) {
                return true;
            }
        }
        return false;
    }

    /// @return the folder itself, or the nearest above it that is there
    private static Path existing(Path folder) {
        Path at = folder;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    /// Whether a file or folder that is there lies in the other one, or is it, all links followed.
    private static boolean isInside(Path path, Optional<Path> folder) {
        try {
            return folder.isPresent() && path.toRealPath().startsWith(folder.get().toRealPath());
        } catch (IOException unreadable) {
            return false;
        }
    }
}
