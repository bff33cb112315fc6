package io.jverto.switchboard.channel;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.speech.EnglishSpeech;
import io.jverto.switchboard.speech.Phrases.Part;
import io.jverto.switchboard.speech.SayType;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Numbers, dates, names and phrases as sounds: `say:` and `phrase:` in a list of sounds, and the applications of these names
/// (dialplan-directory.md section 9.3). A text that a caller chose is said; it chooses no file.
public final class Spoken {
    static final String SAY = "say:";
    static final String PHRASE = "phrase:";
    private static final Logger log = LoggerFactory.getLogger(Spoken.class);
    private static final String ENGLISH = "en";

    private Spoken() {}

    static Optional<Sound> parse(Channel channel, Text text) {
        if (Sounds.startsWith(text, SAY)) {
            return say(channel, text.slice(SAY.length()));
        }
        Text rest = text.slice(PHRASE.length());
        int colon = rest.indexOf(':', 0);
        Text name = colon < 0 ? rest : rest.slice(0, colon);
        Text data = colon < 0 ? Text.EMPTY : rest.slice(colon + 1);
        return phrase(channel, name, data).flatMap(parts -> sound(channel, parts));
    }

    /// `[en:]<type>:<method>:<text>`.
    private static Optional<Sound> say(Channel channel, Text text) {
        List<Text> parts = text.split(':');
        int first = parts.getFirst().toString().equalsIgnoreCase(ENGLISH) ? 1 : 0;
        Optional<SayType> type = parts.size() < first + 3 ? Optional.empty() : SayType.of(parts.get(first).toString());
        Optional<SayType.Method> method = type.flatMap(_ -> SayType.Method.of(parts.get(first + 1).toString()));
        if (method.isEmpty()) {
            log.warn("channel {}: say:{} is not said: it needs a type, a method and a text between colons; there is no speech synthesis",
                    channel.logId(), LogText.of(text));
            return Optional.empty();
        }
        Text said = text;
        for (int i = 0; i < first + 2; i++) {
            said = said.slice(said.indexOf(':', 0) + 1);
        }
        return say(channel, type.get(), method.get(), said.toString());
    }

    /// @return empty when the text is nothing of that type
    public static Optional<Sound> say(Channel channel, SayType type, SayType.Method method, String text) {
        List<Sound> sounds = new ArrayList<>();
        add(channel, new Part.Say(type, method, Text.data(text)), sounds);
        return sequence(sounds);
    }

    /// @param data what the phrase is about
    /// @return its parts; empty when there is no such phrase, which the log says
    public static Optional<List<Part>> phrase(Channel channel, Text name, Text data) {
        String language = channel.expand(Text.syntax("${default_language}")).toString();
        Optional<List<Part>> parts = channel.services().phrases().get()
                .find(language.isEmpty() ? ENGLISH : language, name.toString().trim(), data, channel::expand, channel.services().counters());
        if (parts.isEmpty()) {
            log.warn("channel {}: there is no phrase {}", channel.logId(), LogText.of(name));
        }
        return parts;
    }

    /// @param parts what is no sound among them is logged and left out
    /// @return empty when nothing of it can be heard
    public static Optional<Sound> sound(Channel channel, List<Part> parts) {
        List<Sound> sounds = new ArrayList<>();
        parts.forEach(part -> add(channel, part, sounds));
        return sequence(sounds);
    }

    private static Optional<Sound> sequence(List<Sound> sounds) {
        return sounds.isEmpty() ? Optional.empty() : Optional.of(new Sound.Sequence(sounds, 1));
    }

    private static void add(Channel channel, Part part, List<Sound> sounds) {
        switch (part) {
            case Part.Play(Text sound, String prefix) -> play(channel, sound, prefix).ifPresent(sounds::add);
            case Part.Say(SayType type, SayType.Method method, Text text) -> {
                List<String> files = EnglishSpeech.files(type, method, text.toString(), now(channel));
                if (files.isEmpty()) {
                    log.warn("channel {}: {} cannot be said as {}", channel.logId(), LogText.of(text), type);
                }
                files.forEach(file -> Sounds.one(channel, Text.syntax(file)).ifPresent(sounds::add));
            }
            case Part.Pause(int millis) -> sounds.add(new Sound.Silence(millis));
            case Part.Execute(String application, Text _) ->
                    log.warn("channel {}: {} is left out: only the application phrase executes", channel.logId(), LogText.of(application));
        }
    }

    /// From the folder of the language, if the file is there.
    private static Optional<Sound> play(Channel channel, Text sound, String prefix) {
        boolean plain = !prefix.isEmpty() && !sound.isEmpty() && sound.charAt(0) != '/' && sound.toString().indexOf(':') < 0;
        Optional<Sound> own = plain
                ? SoundPaths.find(channel, Text.join(Text.syntax(prefix + "/"), sound)).map(path -> new Sound.File(path, 0))
                : Optional.empty();
        return own.isPresent() ? own : Sounds.one(channel, sound);
    }

    /// The time where the call's party is, by the variable `timezone`.
    static ZonedDateTime now(Channel channel) {
        String zone = channel.expand(Text.syntax("${timezone}")).toString();
        try {
            return channel.services().time().wallTime().atZone(zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            log.warn("channel {}: there is no time zone {}", channel.logId(), LogText.of(zone));
            return channel.services().time().wallTime().atZone(ZoneId.systemDefault());
        }
    }
}
