package io.jverto.server;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.bridge.DialStringCheck;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What of the dial strings of a configuration is not supported: in `bridge` actions, in the directory, and in variables that are set.
final class DialStringProblems {
    private static final Set<String> SET = Set.of("set", "export");
    private static final Set<String> PARAMS = Set.of("dial-string", "group-dial-string");

    private DialStringProblems() {}

    static List<ConfigProblem> of(Dialplan dialplan, ConfigNode directory) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Step action : dialplan.actions()) {
            phrases(action).forEach(phrase -> problems.add(ConfigProblem.unsupported(action.origin(), phrase)));
        }
        directory(directory, problems);
        return problems;
    }

    private static Stream<String> phrases(Step action) {
        String data = action.data().toString().trim();
        if (action.application().equals("bridge")) {
            return DialStringCheck.unsupported(data).stream();
        }
        String name = data.split("[=,]", 2)[0].replaceFirst("^nolocal:", "").trim();
        return SET.contains(action.application()) && DialStringCheck.isUnsupported(name)
                ? Stream.of("variable " + name + " has no effect")
                : Stream.empty();
    }

    private static void directory(ConfigNode node, List<ConfigProblem> problems) {
        if (node.name().equals("param") && PARAMS.contains(node.attribute("name", ""))) {
            DialStringCheck.unsupported(node.attribute("value", node.text()))
                    .forEach(phrase -> problems.add(ConfigProblem.unsupported(node.origin(), phrase)));
        }
        node.children().forEach(child -> directory(child, problems));
    }
}
