package io.jverto.switchboard.dialplan;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.dialplan.Extension.Action;
import io.jverto.switchboard.dialplan.Extension.Break;
import io.jverto.switchboard.dialplan.Extension.Condition;
import io.jverto.switchboard.dialplan.Extension.Mode;
import io.jverto.switchboard.dialplan.Extension.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/// Reads the `<extension>`s of one `<context>`. An extension with something in it that cannot be done as written is left out
/// and reported: half an extension could route a call where nobody meant it to go.
final class ContextReader {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_LOOP = 100;

    private final Consumer<ConfigProblem> problems;
    private boolean usable;

    ContextReader(Consumer<ConfigProblem> problems) {
        this.problems = problems;
    }

    List<Extension> read(ConfigNode context) {
        List<Extension> extensions = new ArrayList<>();
        for (ConfigNode node : context.children()) {
            if (!node.name().equals("extension")) {
                problems.accept(ConfigProblem.warning(node.origin(), "<" + node.name() + "> is not known here; an <extension> was expected"));
                continue;
            }
            usable = true;
            Extension extension = extension(node);
            if (usable) {
                extensions.add(extension);
            }
        }
        return List.copyOf(extensions);
    }

    private Extension extension(ConfigNode node) {
        List<Condition> conditions = new ArrayList<>();
        for (ConfigNode child : node.children()) {
            if (child.name().equals("condition")) {
                conditions.add(condition(child, 0));
            } else {
                problems.accept(ConfigProblem.warning(child.origin(), "<" + child.name() + "> outside of a <condition> does nothing"));
            }
        }
        return new Extension(node.attribute("name", ""), isTrue(node.attribute("continue", "")), List.copyOf(conditions), node.origin());
    }

    private Condition condition(ConfigNode node, int depth) {
        List<Action> actions = new ArrayList<>();
        List<Action> antiActions = new ArrayList<>();
        List<Condition> nested = new ArrayList<>();
        for (ConfigNode child : node.children()) {
            switch (child.name()) {
                case "action" -> actions.add(action(child));
                case "anti-action" -> antiActions.add(action(child));
                case "condition" -> {
                    if (depth < MAX_DEPTH) {
                        nested.add(condition(child, depth + 1));
                    } else {
                        fail(ConfigProblem.error(child.origin(), "conditions are nested too deep"));
                    }
                }
                case "regex", "expression" -> { } // read with the tests
                default -> problems.accept(ConfigProblem.warning(child.origin(), "<" + child.name() + "> is not known in a condition"));
            }
        }
        boolean require = !node.attribute("require-nested").map(ContextReader::isFalse).orElse(false);
        return new Condition(window(node), tests(node), node.attribute("regex").isPresent(), mode(node), breaks(node), List.copyOf(actions), List.copyOf(antiActions), List.copyOf(nested), require, node.origin());
    }

    private List<Test> tests(ConfigNode node) {
        List<Test> tests = new ArrayList<>();
        if (node.attribute("regex").isPresent()) {
            node.children("regex").forEach(child -> tests.add(window(child).<Test>map(Test.When::new).orElseGet(() -> test(child))));
        } else if (node.attribute("field").isPresent() || expression(node).isPresent()) {
            tests.add(test(node));
        }
        return List.copyOf(tests);
    }

    private Optional<TimeWindow> window(ConfigNode node) {
        try {
            return TimeWindow.of(node.attributes());
        } catch (IllegalArgumentException bad) {
            fail(ConfigProblem.error(node.origin(), bad.getMessage() + "; the extension is left out"));
            return Optional.empty();
        }
    }

    private Test test(ConfigNode node) {
        Text field = Text.syntax(node.attribute("field", ""));
        Text expression = Text.syntax(expression(node).orElse(""));
        if (field.isEmpty()) {
            fail(ConfigProblem.error(node.origin(), "an expression needs a field; the extension is left out"));
        }
        if (expression.toString().contains("${")) {
            return new Test.Match(field, expression, Optional.empty(), node.origin());
        }
        try {
            return new Test.Match(field, expression, Optional.of(Expression.compile(expression)), node.origin());
        } catch (PatternSyntaxException bad) {
            fail(ConfigProblem.error(node.origin(), "not a regular expression: " + bad.getDescription() + ": " + expression + "; the extension is left out"));
            return new Test.Match(field, expression, Optional.empty(), node.origin());
        }
    }

    private static Optional<String> expression(ConfigNode node) {
        return node.attribute("expression").or(() -> node.child("expression").map(ConfigNode::text));
    }

    private Mode mode(ConfigNode node) {
        String mode = node.attribute("regex", "all");
        return switch (mode) {
            case "all" -> Mode.ALL;
            case "any" -> Mode.ANY;
            case "xor" -> Mode.XOR;
            default -> {
                fail(ConfigProblem.error(node.origin(), "regex must be all, any or xor, not " + mode + "; the extension is left out"));
                yield Mode.ALL;
            }
        };
    }

    private Break breaks(ConfigNode node) {
        String breaks = node.attribute("break", "on-false");
        return switch (breaks) {
            case "on-false" -> Break.ON_FALSE;
            case "on-true" -> Break.ON_TRUE;
            case "always" -> Break.ALWAYS;
            case "never" -> Break.NEVER;
            default -> {
                problems.accept(ConfigProblem.warning(node.origin(), "break must be on-false, on-true, always or never, not " + breaks));
                yield Break.ON_FALSE;
            }
        };
    }

    private Action action(ConfigNode node) {
        String application = node.attribute("application", "");
        if (application.isEmpty()) {
            fail(ConfigProblem.error(node.origin(), "an <" + node.name() + "> needs an application; the extension is left out"));
        }
        String data = node.attribute("data", node.text());
        return new Action(application, Text.syntax(data), isTrue(node.attribute("inline", "")), loop(node), node.origin());
    }

    private int loop(ConfigNode node) {
        String loop = node.attribute("loop", "1");
        if (!loop.matches("[0-9]{1,3}") || Integer.parseInt(loop) > MAX_LOOP) {
            problems.accept(ConfigProblem.warning(node.origin(), "loop must be a number up to " + MAX_LOOP + ", not " + loop));
            return 1;
        }
        return Integer.parseInt(loop);
    }

    private void fail(ConfigProblem problem) {
        usable = false;
        problems.accept(problem);
    }

    /// The switch's idea of true (dialplan-directory.md section 2).
    static boolean isTrue(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "on", "true", "t", "enabled", "active", "allow" -> true;
            default -> value.matches("-?[0-9]+") && !value.matches("-?0+");
        };
    }

    static boolean isFalse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "no", "off", "false", "f", "disabled", "inactive", "disallow" -> true;
            default -> value.matches("0+");
        };
    }
}
