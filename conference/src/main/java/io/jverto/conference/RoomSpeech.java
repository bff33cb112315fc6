package io.jverto.conference;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.SoundScope;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.speech.EnglishSpeech;
import io.jverto.switchboard.speech.Phrases;
import io.jverto.switchboard.speech.SayType;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What rooms say: `say:[en:]<type>:<method>:<text>` and `phrase:<name>[:<data>]` from prompts, any other text by a synthesizer, where there
/// is one. Thread-safe.
public final class RoomSpeech {
    /// Where texts are not spoken.
    public static final Synthesizer NO_SYNTHESIZER = (_, _, _) -> Optional.empty();
    public static final RoomSpeech NONE = new RoomSpeech(() -> Phrases.NONE, NO_SYNTHESIZER, ZonedDateTime::now);
    static final String SAY = "say:";
    private static final String PHRASE = "phrase:";
    private static final Logger log = LoggerFactory.getLogger(RoomSpeech.class);
    private static final String ENGLISH = "en";

    private final Supplier<Phrases> phrases;
    private final Synthesizer synthesizer;
    private final Supplier<ZonedDateTime> now;
    private final Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);

    /// Makes sounds of texts. Whoever asks waits, for seconds if need be.
    @FunctionalInterface
    public interface Synthesizer {
        /// @param engine as the profile of the room names it; empty for the usual one
        /// @param voice likewise
        /// @return empty when it cannot be said; the log says why
        Optional<Sound> speak(String text, String engine, String voice);
    }

    /// @param now for dates and times
    public RoomSpeech(Supplier<Phrases> phrases, Synthesizer synthesizer, Supplier<ZonedDateTime> now) {
        this.phrases = phrases;
        this.synthesizer = synthesizer;
        this.now = now;
    }

    /// Whether a text for which there are no prompts can be said by [#synthesize].
    boolean canSynthesize(String text) {
        return text.startsWith(SAY) && synthesizer != NO_SYNTHESIZER;
    }

    /// Not on the room's thread: it waits.
    ///
    /// @param text with [#canSynthesize]
    Optional<Sound> synthesize(String text, RoomProfile profile) {
        return synthesizer.speak(text.substring(SAY.length()), profile.text(ProfileParam.TTS_ENGINE), profile.text(ProfileParam.TTS_VOICE));
    }

    /// From prompts.
    ///
    /// @param scope where its sounds are sought
    /// @param text begins with `say:` or `phrase:`
    /// @return empty when nothing of it can be said
    Optional<Sound> spoken(SoundScope scope, Text text) {
        String words = text.toString();
        return words.startsWith(SAY) ? say(scope, words.substring(SAY.length())) : phrase(scope, words.substring(PHRASE.length()));
    }

    /// @param text what to say, or `[en:]<type>:<method>:<text>`
    private Optional<Sound> say(SoundScope scope, String text) {
        String[] parts = text.split(":", 4);
        int first = parts[0].equalsIgnoreCase(ENGLISH) ? 1 : 0;
        if (parts.length > first + 2) {
            Optional<SayType> type = SayType.of(parts[first]);
            Optional<SayType.Method> method = SayType.Method.of(parts[first + 1]);
            if (type.isPresent() && method.isPresent()) {
                String[] whole = text.split(":", first + 3);
                return sequence(say(scope, new Phrases.Part.Say(type.get(), method.get(), Text.data(whole[first + 2]))));
            }
        }
        if (synthesizer == NO_SYNTHESIZER) {
            log.warn("{}: {} is not said: there is no speech synthesis", scope.logId(), LogText.of(text));
        }
        return Optional.empty();
    }

    private Optional<Sound> phrase(SoundScope scope, String text) {
        String[] parts = text.split(":", 2);
        Optional<List<Phrases.Part>> found =
                phrases.get().find(ENGLISH, parts[0].strip(), Text.data(parts.length > 1 ? parts[1] : ""), data -> data, counters);
        if (found.isEmpty()) {
            log.warn("{}: there is no phrase {}", scope.logId(), LogText.of(parts[0]));
            return Optional.empty();
        }
        List<Sound> sounds = new ArrayList<>();
        for (Phrases.Part part : found.get()) {
            switch (part) {
                case Phrases.Part.Play(Text sound, String _) -> Sounds.parse(scope, sound).ifPresent(sounds::add);
                case Phrases.Part.Say say -> sounds.addAll(say(scope, say));
                case Phrases.Part.Pause(int millis) -> sounds.add(new Sound.Silence(millis));
                case Phrases.Part.Execute(String application, Text _) ->
                        log.warn("{}: {} is left out: a room executes nothing", scope.logId(), LogText.of(application));
            }
        }
        return sequence(sounds);
    }

    private List<Sound> say(SoundScope scope, Phrases.Part.Say what) {
        return EnglishSpeech.files(what.type(), what.method(), what.text().toString(), now.get()).stream()
                .flatMap(file -> Sounds.parse(scope, Text.syntax(file)).stream()).toList();
    }

    private static Optional<Sound> sequence(List<Sound> sounds) {
        return sounds.isEmpty() ? Optional.empty() : Optional.of(new Sound.Sequence(sounds, 1));
    }
}
