package io.jverto.server.config;

import io.jverto.base.config.ConfigProblem;
import io.jverto.conference.FlagProblems;
import io.jverto.media.speex.SpeexLibrary;
import io.jverto.switchboard.application.Applications;
import io.jverto.switchboard.application.PreprocessApplication;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.dialplan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What in the actions of a dialplan or a menu cannot be done. A call finds out when it comes there; whoever wrote it should know before.
public final class ActionReport {
    private static final Pattern COMMAND = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)[( ]");

    private ActionReport() {}

    /// @param off applications that the configuration makes nothing of, by name, and why
    public static List<ConfigProblem> of(List<Step> actions, Map<String, String> off) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Step action : actions) {
            if (!Applications.names().contains(action.application())) {
                problems.add(unsupported(action,
                        "application " + action.application() + " is not supported" + Applications.lacking(action.application()).map(why -> ": " + why).orElse("")
                                + "; a call that comes to it ends with DESTINATION_OUT_OF_ORDER"));
            }
            Optional.ofNullable(off.get(action.application()))
                    .ifPresent(why -> problems.add(unsupported(action, "application " + action.application() + " is off: " + why)));
            preprocess(action, problems);
            problems.addAll(FlagProblems.ofAction(action.application(), action.data().toString(), action.origin()));
            Matcher commands = COMMAND.matcher(action.data().toString());
            while (commands.find()) {
                if (!Commands.mayExpand(commands.group(1))) {
                    problems.add(unsupported(action, "${" + commands.group(1) + "(...)} is no command that a dialplan may run; it gives nothing"));
                }
            }
        }
        return problems;
    }

    private static void preprocess(Step action, List<ConfigProblem> problems) {
        PreprocessApplication.Wants wants = PreprocessApplication.wants(action.application(), action.data().toString());
        wants.idle().forEach(idle -> problems.add(unsupported(action, "preprocess " + idle + " changes nothing")));
        wants.wrong().forEach(wrong -> problems.add(ConfigProblem.warning(action.origin(), "preprocess does not understand " + wrong + ", and does nothing of this action; decibels are negative")));
        SpeexLibrary.obstacle().ifPresent(obstacle -> wants.cleaning().forEach(wish -> problems.add(unsupported(action,
                "preprocess " + wish + " changes nothing on this machine: it needs libspeexdsp (" + obstacle + "); on Debian install libspeexdsp1"))));
    }

    private static ConfigProblem unsupported(Step action, String message) {
        return ConfigProblem.unsupported(action.origin(), message);
    }
}
