package io.jverto.switchboard.speech;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.dialplan.Expression;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.speech.Phrases.Action;
import io.jverto.switchboard.speech.Phrases.Input;
import io.jverto.switchboard.speech.Phrases.Language;
import io.jverto.switchboard.speech.Phrases.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Reads one `<language>`: `<phrases><macros><macro><input><match><action/>`, or the macros in the language itself.
final class LanguageReader {
    private static final int MAX_PAUSE_MILLIS = 60_000;
    private static final String MACRO = "macro";

    private final Consumer<ConfigProblem> problems;

    LanguageReader(Consumer<ConfigProblem> problems) {
        this.problems = problems;
    }

    Language read(ConfigNode language) {
        Map<String, Phrase> phrases = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        macros(language).forEach(macro -> {
            String name = macro.attribute("name", "");
            if (name.isEmpty()) {
                problems.accept(ConfigProblem.error(macro.origin(), "a <macro> needs a name"));
            } else if (phrases.putIfAbsent(name, phrase(macro)) != null) {
                problems.accept(ConfigProblem.warning(macro.origin(), "macro " + name + " is defined twice; the first one counts"));
            }
        });
        return new Language(language.attribute("sound-prefix", language.attribute("sound-path", "")), phrases);
    }

    private static Stream<ConfigNode> macros(ConfigNode node) {
        return node.children().stream()
                .flatMap(child -> switch (child.name()) {
                    case MACRO -> Stream.of(child);
                    case "phrases", "macros" -> macros(child);
                    default -> Stream.empty();
                });
    }

    private Phrase phrase(ConfigNode macro) {
        List<Input> inputs = new ArrayList<>();
        for (ConfigNode node : macro.children()) {
            if (node.name().equals("input")) {
                input(node).ifPresent(inputs::add);
            } else {
                problems.accept(ConfigProblem.warning(node.origin(), "<" + node.name() + "> is not known here; an <input> was expected"));
            }
        }
        if (inputs.isEmpty()) {
            problems.accept(ConfigProblem.warning(macro.origin(), "macro " + macro.attribute("name", "") + " has no <input>: it says nothing"));
        }
        return new Phrase(millis(macro, macro.attribute("pause", "0")), inputs);
    }

    private Optional<Input> input(ConfigNode node) {
        String pattern = node.attribute("pattern", "");
        try {
            Expression expression = Expression.compile(Text.syntax(pattern));
            boolean last = node.attribute("break_on_match", "").equalsIgnoreCase("true");
            return Optional.of(new Input(expression, last, actions(node, "match"), actions(node, "nomatch")));
        } catch (PatternSyntaxException bad) {
            problems.accept(ConfigProblem.error(node.origin(), "'" + pattern + "' is no regular expression: " + bad.getDescription()));
            return Optional.empty();
        }
    }

    private List<Action> actions(ConfigNode input, String branch) {
        return input.children(branch).flatMap(list -> list.children().stream()).flatMap(node -> action(node).stream()).toList();
    }

    private Optional<Action> action(ConfigNode node) {
        String function = node.attribute("function", "");
        Text data = Text.syntax(node.attribute("data", node.text()));
        if (!node.name().equals("action") || function.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), "<" + node.name() + "> is not known here; an <action function=\"...\"> was expected"));
            return Optional.empty();
        }
        return switch (function) {
            case "play-file" -> Optional.of(new Action.Play(data));
            case "say" -> say(node, data);
            case "sleep" -> Optional.of(new Action.Pause(millis(node, data.toString())));
            case "execute" -> execute(node, data);
            case "break" -> Optional.of(new Action.Break());
            default -> {
                problems.accept(ConfigProblem.unsupported(node.origin(), "function " + function + " of a phrase is not supported; it says nothing"));
                yield Optional.empty();
            }
        };
    }

    private Optional<Action> say(ConfigNode node, Text data) {
        Optional<SayType> type = SayType.of(node.attribute("type", ""));
        Optional<SayType.Method> method = SayType.Method.of(node.attribute("method", "pronounced"));
        if (type.isEmpty() || method.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), "say needs a type such as number and a method: pronounced, iterated or counted"));
            return Optional.empty();
        }
        return Optional.of(new Action.Say(type.get(), method.get(), data));
    }

    /// `data` is `application(data)`; the data may also stand in an attribute of its own, as the dialplan writes it.
    private Optional<Action> execute(ConfigNode node, Text data) {
        int open = data.indexOf('(', 0);
        int close = data.length() - 1;
        if (open > 0 && data.isSyntax(close, ')')) {
            return Optional.of(new Action.Execute(data.slice(0, open).toString().trim(), data.slice(open + 1, close)));
        }
        if (data.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), "execute needs its application: data=\"sleep(1000)\""));
            return Optional.empty();
        }
        return Optional.of(new Action.Execute(data.toString().trim(), Text.EMPTY));
    }

    private int millis(ConfigNode node, String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Math.min(Integer.parseInt(text), MAX_PAUSE_MILLIS);
        }
        problems.accept(ConfigProblem.error(node.origin(), "'" + text + "' is no number of milliseconds"));
        return 0;
    }
}
