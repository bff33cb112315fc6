package io.jverto.server;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.server.config.LoadedConfig;
import io.jverto.sip.profile.SofiaConfig;
import io.jverto.switchboard.application.ActionNames;
import io.jverto.switchboard.bridge.DialStringCheck;
import io.jverto.switchboard.dialplan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What of the dial strings of a configuration is not supported, and which SIP gateways and profiles they name that are not there: in actions that call
/// somebody, in the directory, of the members of queues. And variables that are set without effect.
final class DialStringProblems {
    private static final Set<String> SET = Set.of("set", "export");
    private static final Set<String> PARAMS = Set.of("dial-string", "group-dial-string");

    private final SofiaConfig sip;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private DialStringProblems(SofiaConfig sip) {
        this.sip = sip;
    }

    /// @param actions of the dialplan and of menus
    static List<ConfigProblem> of(List<Step> actions, LoadedConfig tree, SofiaConfig sip) {
        DialStringProblems found = new DialStringProblems(sip);
        actions.forEach(found::action);
        found.directory(tree.section("directory"));
        tree.configuration("fifo.conf").stream().flatMap(queues -> queues.children("fifos")).flatMap(all -> all.children("fifo"))
                .flatMap(fifo -> fifo.children("member"))
                .forEach(member -> found.dialString(member.text().strip(), member.origin()));
        return List.copyOf(found.problems);
    }

    private void action(Step action) {
        String data = action.data().toString().trim();
        ActionNames.dialString(action.application(), data).ifPresent(called -> dialString(called, action.origin()));
        String name = data.split("[=,]", 2)[0].replaceFirst("^nolocal:", "").trim();
        if (SET.contains(action.application()) && DialStringCheck.isUnsupported(name)) {
            problems.add(ConfigProblem.unsupported(action.origin(), "variable " + name + " has no effect"));
        }
    }

    private void directory(ConfigNode node) {
        if (node.name().equals("param") && PARAMS.contains(node.attribute("name", ""))) {
            dialString(node.attribute("value", node.text()), node.origin());
        }
        node.children().forEach(this::directory);
    }

    private void dialString(String text, Origin origin) {
        DialStringCheck.unsupported(text).forEach(phrase -> problems.add(ConfigProblem.unsupported(origin, phrase)));
        DialStringCheck.addresses(text, "sofia").stream().flatMap(address -> sip.lacking(address).stream()).distinct()
                .forEach(name -> problems.add(ConfigProblem.warning(origin,
                        "there is no SIP " + name + ": a call by it fails; sofia.conf and the files that it includes have those that are in force")));
    }
}
