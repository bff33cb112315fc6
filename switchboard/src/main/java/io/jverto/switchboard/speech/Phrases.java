package io.jverto.switchboard.speech;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Expression;
import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The languages section: phrases by name, each with expressions for its data and what is said when one fits (dialplan-directory.md
/// section 9.3). Immutable; read anew on reload.
public final class Phrases {
    public static final Phrases NONE = new Phrases(Map.of());
    private static final String OTHERWISE = "en";
    /// More parts of one phrase are left out.
    private static final int MAX_PARTS = 256;

    private final Map<String, Language> languages;

    private Phrases(Map<String, Language> languages) {
        this.languages = languages;
    }

    /// @param section `<section name="languages">`
    /// @param problems told of every entry that was left out or looks wrong
    public static Phrases read(ConfigNode section, Consumer<ConfigProblem> problems) {
        Map<String, Language> languages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (ConfigNode node : section.children()) {
            String name = node.attribute("name", "");
            if (!node.name().equals("language") || name.isEmpty()) {
                problems.accept(ConfigProblem.warning(node.origin(), "<" + node.name() + "> is not known here; a <language> with a name was expected"));
            } else if (languages.containsKey(name)) {
                problems.accept(ConfigProblem.warning(node.origin(), "language " + name + " is defined twice; the first one counts"));
            } else {
                languages.put(name, new LanguageReader(problems).read(node));
            }
        }
        return new Phrases(languages);
    }

    /// What a part of a phrase is.
    public sealed interface Part {
        /// A sound, as `playback` takes it.
        ///
        /// @param prefix folder of the language's sounds; empty when it has none
        record Play(Text sound, String prefix) implements Part {}

        record Say(SayType type, SayType.Method method, Text text) implements Part {}

        record Pause(int millis) implements Part {}

        /// An application with its data.
        record Execute(String application, Text data) implements Part {}
    }

    /// @param language its name; where there is none of that name, English
    /// @param data what the expressions are for
    /// @param expand puts variables in
    /// @return what is to be said, nothing when no expression fits; empty when there is no such phrase
    public Optional<List<Part>> find(
            String language, String name, Text data, UnaryOperator<Text> expand, Counters<SwitchCounter> counters) {
        Language found = languages.getOrDefault(language, languages.getOrDefault(OTHERWISE, Language.NONE));
        return Optional.ofNullable(found.phrases().get(name)).map(phrase -> parts(found, phrase, data, expand, counters));
    }

    private static List<Part> parts(
            Language language, Phrase phrase, Text data, UnaryOperator<Text> expand, Counters<SwitchCounter> counters) {
        List<Part> parts = new ArrayList<>();
        for (Input input : phrase.inputs()) {
            Optional<Function<Text, Text>> captures = input.expression().substitution(data, counters);
            List<Action> actions = captures.isPresent() ? input.match() : input.noMatch();
            Function<Text, Text> groups = captures.orElse(text -> text);
            for (Action action : actions) {
                if (action instanceof Action.Break) {
                    return parts;
                }
                if (!parts.isEmpty() && phrase.pauseMillis() > 0) {
                    parts.add(new Part.Pause(phrase.pauseMillis()));
                }
                part(language, action, text -> expand.apply(groups.apply(text))).filter(_ -> parts.size() < MAX_PARTS).ifPresent(parts::add);
            }
            if (captures.isPresent() && input.last()) {
                break;
            }
        }
        return parts;
    }

    private static Optional<Part> part(Language language, Action action, Function<Text, Text> fill) {
        return switch (action) {
            case Action.Play(Text sound) -> Optional.of(new Part.Play(fill.apply(sound), language.prefix()));
            case Action.Say(SayType type, SayType.Method method, Text text) -> Optional.of(new Part.Say(type, method, fill.apply(text)));
            case Action.Pause(int millis) -> Optional.of(new Part.Pause(millis));
            case Action.Execute(String application, Text data) -> Optional.of(new Part.Execute(application, fill.apply(data)));
            case Action.Break _ -> Optional.empty();
        };
    }

    /// @return how many phrases there are in all languages
    public int size() {
        return languages.values().stream().mapToInt(language -> language.phrases().size()).sum();
    }

    /// @param prefix folder of its sounds; empty for none
    record Language(String prefix, Map<String, Phrase> phrases) {
        static final Language NONE = new Language("", Map.of());
    }

    /// @param pauseMillis between its parts
    record Phrase(int pauseMillis, List<Input> inputs) {}

    /// @param last whether no further input is looked at when this one fits
    record Input(Expression expression, boolean last, List<Action> match, List<Action> noMatch) {}

    /// As written, with `$1` and variables.
    sealed interface Action {
        record Play(Text sound) implements Action {}

        record Say(SayType type, SayType.Method method, Text text) implements Action {}

        record Pause(int millis) implements Action {}

        record Execute(String application, Text data) implements Action {}

        /// Nothing more of the phrase.
        record Break() implements Action {}
    }
}
