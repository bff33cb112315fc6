package io.jverto.switchboard.dialplan;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The dialplan section: contexts with their extensions (dialplan-directory.md section 5). Immutable; read anew on reload.
public final class Dialplan {
    public static final Dialplan EMPTY = new Dialplan(Map.of());
    /// Sought when a call's own context does not exist.
    private static final String GLOBAL = "global";

    private final Map<String, List<Extension>> contexts;

    private Dialplan(Map<String, List<Extension>> contexts) {
        this.contexts = contexts;
    }

    /// @param section `<section name="dialplan">`
    /// @param problems told of everything that was left out or looks wrong
    public static Dialplan read(ConfigNode section, Consumer<ConfigProblem> problems) {
        Map<String, List<Extension>> contexts = new HashMap<>();
        for (ConfigNode node : section.children()) {
            String name = node.attribute("name", "");
            if (!node.name().equals("context")) {
                problems.accept(ConfigProblem.warning(node.origin(), "<" + node.name() + "> is not known here; a <context> was expected"));
            } else if (name.isEmpty()) {
                problems.accept(ConfigProblem.error(node.origin(), "a <context> needs a name"));
            } else if (contexts.containsKey(lower(name))) {
                problems.accept(ConfigProblem.warning(node.origin(), "context " + name + " is defined twice; the first one counts"));
            } else {
                contexts.put(lower(name), new ContextReader(problems).read(node));
            }
        }
        return new Dialplan(contexts);
    }

    /// Finds what a call is to do. Inline actions run on the way.
    ///
    /// @return steps in order; none when no extension matches or there is no such context
    public List<Step> hunt(String context, Scope scope, Counters<SwitchCounter> counters) {
        return Optional.ofNullable(contexts.get(lower(context)))
                .or(() -> Optional.ofNullable(contexts.get(GLOBAL)))
                .map(extensions -> new Hunt(scope, counters).run(extensions))
                .orElse(List.of());
    }

    /// @return every action and anti-action of all contexts, as written
    public List<Step> actions() {
        return contexts.values().stream()
                .flatMap(List::stream)
                .flatMap(extension -> extension.conditions().stream())
                .flatMap(Extension.Condition::actionsBelow)
                .map(action -> new Step(action.application(), action.data(), action.origin()))
                .toList();
    }

    public boolean hasContext(String name) {
        return contexts.containsKey(lower(name));
    }

    /// @return how many extensions there are in all contexts
    public int size() {
        return contexts.values().stream().mapToInt(List::size).sum();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
