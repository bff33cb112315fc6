package io.jverto.server;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.server.config.LoadedConfig;
import io.jverto.switchboard.bridge.DialStringCheck;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What of the dial strings of a configuration is not supported: in `bridge` actions, in the directory, of the members of queues, and in
/// variables that are set.
final class DialStringProblems {
    private static final Set<String> SET = Set.of("set", "export");
    private static final Set<String> PARAMS = Set.of("dial-string", "group-dial-string");

    private DialStringProblems() {}

    static List<ConfigProblem> of(Dialplan dialplan, LoadedConfig tree) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Step action : dialplan.actions()) {
            phrases(action).forEach(phrase -> problems.add(ConfigProblem.unsupported(action.origin(), phrase)));
        }
        directory(tree.section("directory"), problems);
        tree.configuration("fifo.conf").stream().flatMap(queues -> queues.children("fifos")).flatMap(all -> all.children("fifo"))
                .flatMap(fifo -> fifo.children("member"))
                .forEach(member -> unsupported(member.text().strip(), member.origin(), problems));
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
            unsupported(node.attribute("value", node.text()), node.origin(), problems);
        }
        node.children().forEach(child -> directory(child, problems));
    }

    private static void unsupported(String dialString, ConfigNode.Origin origin, List<ConfigProblem> problems) {
        DialStringCheck.unsupported(dialString).forEach(phrase -> problems.add(ConfigProblem.unsupported(origin, phrase)));
    }
}
