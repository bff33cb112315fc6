package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.application.ActionNames;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Contexts in which calls would look for their route, and that the dialplan does not have: a spelling mistake there is heard as a number that
/// does not exist (dialplan-directory.md section 5).
public final class ContextReport {
    /// Sought when a call's own context does not exist.
    private static final String GLOBAL = "global";
    private static final Set<String> NAMES = Set.of("context", "verto-context", "user_context");

    private final Dialplan dialplan;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ContextReport(Dialplan dialplan) {
        this.dialplan = dialplan;
    }

    /// @param nodes configurations and sections that name contexts
    /// @param actions of the dialplan and of menus
    public static List<ConfigProblem> of(Stream<ConfigNode> nodes, List<Step> actions, Dialplan dialplan) {
        ContextReport report = new ContextReport(dialplan);
        if (!dialplan.hasContext(GLOBAL)) {
            nodes.forEach(report::look);
            actions.forEach(report::look);
        }
        return List.copyOf(report.problems);
    }

    private void look(Step action) {
        ActionNames.context(action.application(), action.data().toString()).filter(context -> !dialplan.hasContext(context)).ifPresent(context -> problems.add(
                ConfigProblem.warning(action.origin(), "the dialplan has no context '" + context + "' for " + action.application() + " to lead to")));
    }

    private void look(ConfigNode node) {
        boolean named = (node.name().equals("param") || node.name().equals("variable")) && NAMES.contains(node.attribute("name", ""));
        String context = node.attribute("value", "").strip();
        // What a call puts in is known when it comes; lists of dialplans say by themselves where they look.
        if (named && !context.isEmpty() && !context.contains("${") && !dialplan.hasContext(context)) {
            problems.add(ConfigProblem.warning(node.origin(), "the dialplan has no context '" + context
                    + "': calls that look for their route there end with NO_ROUTE_DESTINATION"));
        }
        node.children().forEach(this::look);
    }
}
