package io.jverto.switchboard.menu;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.dialplan.Expression;
import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/// Reads one `<menu>`.
final class MenuReader {
    private static final int MIN_MILLIS = 100;
    private static final int MAX_MILLIS = 600_000;
    private static final int MAX_COUNT = 100;
    private static final String ON_FAILURES = "exec-on-max-failures";
    private static final String ON_TIMEOUTS = "exec-on-max-timeouts";
    private static final Set<String> KNOWN = Set.of("name", "greet-long", "greet-short", "invalid-sound", "exit-sound", "transfer-sound", "timeout",
            "inter-digit-timeout", "max-failures", "max-timeouts", "digit-len", "pin", "pin-file", "bad-pin-file", "confirm-macro", "confirm-key",
            "confirm-attempts", ON_FAILURES, ON_TIMEOUTS);
    private static final Set<String> SPEECH = Set.of("tts-engine", "tts-voice", "phrase_lang");

    private final Consumer<ConfigProblem> problems;

    MenuReader(Consumer<ConfigProblem> problems) {
        this.problems = problems;
    }

    Menu read(ConfigNode node) {
        for (String name : node.attributes().keySet()) {
            if (SPEECH.contains(name)) {
                problems.accept(ConfigProblem.unsupported(node.origin(), name + " of a menu is not supported; it changes nothing"));
            } else if (!KNOWN.contains(name)) {
                problems.accept(ConfigProblem.warning(node.origin(), name + " is not known in a menu; it changes nothing"));
            }
        }
        Menu.Sounds sounds = new Menu.Sounds(text(node, "greet-long"), text(node, "greet-short"), text(node, "invalid-sound"), text(node, "exit-sound"),
                text(node, "transfer-sound"), text(node, "pin-file"), text(node, "bad-pin-file"));
        Menu.Limits limits = new Menu.Limits(number(node, "timeout", 10_000, MIN_MILLIS, MAX_MILLIS),
                number(node, "inter-digit-timeout", 2_000, MIN_MILLIS, MAX_MILLIS), number(node, "max-failures", 3, 1, MAX_COUNT),
                number(node, "max-timeouts", 3, 1, MAX_COUNT));
        return new Menu(node.attribute("name", ""), sounds, limits, number(node, "digit-len", 1, 1, Digits.MAX), node.attribute("pin", ""),
                confirmation(node), command(node, ON_FAILURES), command(node, ON_TIMEOUTS), entries(node));
    }

    private Menu.Confirmation confirmation(ConfigNode node) {
        String key = node.attribute("confirm-key", "1");
        if (!key.matches("[0-9*#]")) {
            problems.accept(ConfigProblem.error(node.origin(), "confirm-key is '" + key + "': write one of 0 to 9, * and #"));
            key = "1";
        }
        return new Menu.Confirmation(node.attribute("confirm-macro", ""), key.charAt(0), number(node, "confirm-attempts", 3, 1, MAX_COUNT));
    }

    private static Optional<Menu.Command> command(ConfigNode node, String name) {
        Text text = text(node, name);
        return text.trim().isEmpty() ? Optional.empty() : Optional.of(Menu.Command.of(text, node.origin()));
    }

    private List<Menu.Entry> entries(ConfigNode menu) {
        List<Menu.Entry> entries = new ArrayList<>();
        for (ConfigNode node : menu.children()) {
            if (node.name().equals("entry")) {
                entry(node).ifPresent(entries::add);
            } else {
                problems.accept(ConfigProblem.warning(node.origin(), "<" + node.name() + "> is not known here; an <entry> was expected"));
            }
        }
        if (entries.isEmpty()) {
            problems.accept(ConfigProblem.warning(menu.origin(), "menu " + menu.attribute("name", "") + " has no entries"));
        }
        return entries;
    }

    private Optional<Menu.Entry> entry(ConfigNode node) {
        String digits = node.attribute("digits", "");
        if (digits.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), "an <entry> needs digits"));
            return Optional.empty();
        }
        Optional<Expression> expression = Optional.empty();
        if (digits.startsWith("/")) {
            try {
                expression = Optional.of(Expression.compile(Text.syntax(digits)));
            } catch (PatternSyntaxException bad) {
                problems.accept(ConfigProblem.error(node.origin(), "digits is '" + digits + "', no regular expression: " + bad.getDescription()));
                return Optional.empty();
            }
        }
        Optional<Expression> fits = expression;
        return action(node).map(action -> new Menu.Entry(digits, fits, action));
    }

    private Optional<Menu.Action> action(ConfigNode node) {
        String action = node.attribute("action", "");
        Text param = text(node, "param");
        boolean needsParam = Set.of("menu-exec-app", "menu-play-sound", "menu-sub").contains(action);
        if (needsParam && param.trim().isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), action + " needs a param"));
            return Optional.empty();
        }
        return switch (action) {
            case "menu-exec-app" -> Optional.of(new Menu.Action.Execute(Menu.Command.of(param, node.origin())));
            case "menu-play-sound" -> Optional.of(new Menu.Action.Play(param));
            case "menu-sub" -> Optional.of(new Menu.Action.Sub(param.toString().trim(), node.origin()));
            case "menu-back" -> Optional.of(new Menu.Action.Back());
            case "menu-top" -> Optional.of(new Menu.Action.Top());
            case "menu-exit" -> Optional.of(new Menu.Action.Exit());
            default -> {
                problems.accept(ConfigProblem.error(node.origin(), "action is '" + action
                        + "': write menu-exec-app, menu-play-sound, menu-sub, menu-back, menu-top or menu-exit"));
                yield Optional.empty();
            }
        };
    }

    private static Text text(ConfigNode node, String name) {
        return Text.syntax(node.attribute(name, ""));
    }

    private int number(ConfigNode node, String name, int otherwise, int min, int max) {
        String value = node.attribute(name, String.valueOf(otherwise));
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max) {
            return Integer.parseInt(value);
        }
        problems.accept(ConfigProblem.error(node.origin(), name + " is '" + value + "': write a number from " + min + " to " + max));
        return otherwise;
    }
}
