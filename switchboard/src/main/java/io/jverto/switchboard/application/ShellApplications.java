package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Shell;
import io.jverto.switchboard.port.Shell.Command;
import io.jverto.switchboard.port.Shell.Result;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `system` and `bgsystem` (dialplan-directory.md section 9.2): off, unless the configuration allows them. Only what the operator wrote is looked
/// at by the shell.
// DEVIATION app-6
public final class ShellApplications {
    private static final Logger log = LoggerFactory.getLogger(ShellApplications.class);
    private static final String SYSTEM = "system";
    private static final String BACKGROUND = "bgsystem";
    private static final String RESULT = "system_result";
    private static final int FAILED = -1;

    /// Those that do something only where the configuration allows it.
    public static final Set<String> NAMES = Set.of(SYSTEM, BACKGROUND);

    static final List<Application> ALL = List.of(
            Application.of(SYSTEM, Group.VARIABLES, "<command>",
                    "runs a command by `/bin/sh` and waits for its end, if `dialplan-shell` of `switch.conf` allows it; ends it when the call ends. `system_result` is its exit "
                            + "status, or -1. Each value of a variable that came from a caller is one word of the command, whatever is in it",
                    ShellApplications::run),
            Application.of(BACKGROUND, Group.VARIABLES, "<command>", "runs a command as `system` does, without waiting for it; it outlives the call, but not its time limit", ShellApplications::start));

    private ShellApplications() {}

    private static Next run(Channel channel, Text data) {
        Shell shell = channel.services().programs().shell();
        command(channel, shell, SYSTEM, data).ifPresent(command ->
            Elsewhere.await(channel, SYSTEM, wanted -> shell.run(command, wanted), new Result.Failed("a bug")).ifPresent(result -> {
                channel.variables().set(RESULT, Text.syntax(String.valueOf(result instanceof Result.Exited(int status, String _) ? status : FAILED)));
                tell(channel.logId(), command, result);
            }));
        return Next.GO_ON;
    }

    private static Next start(Channel channel, Text data) {
        Shell shell = channel.services().programs().shell();
        String id = channel.logId();
        command(channel, shell, BACKGROUND, data).ifPresent(command ->
                channel.services().time().start("bgsystem of channel " + id, () -> tell(id, command, shell.run(command, () -> true))));
        return Next.GO_ON;
    }

    private static Optional<Command> command(Channel channel, Shell shell, String application, Text data) {
        Optional<Command> command = ShellScript.of(data);
        if (command.isEmpty()) {
            log.warn("channel {}: {} runs only what stands in the configuration, not {}", channel.logId(), application, LogText.of(data));
        } else if (!shell.allowed()) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, application + " is off: dialplan-shell of switch.conf allows it");
            return Optional.empty();
        }
        return command;
    }

    private static void tell(String channel, Command command, Result result) {
        switch (result) {
            case Result.Exited(int status, String said) when status == 0 -> log.debug("channel {}: {} is done{}", channel, LogText.of(command.script()), LogText.of(said));
            case Result.Exited(int status, String said) -> log.warn("channel {}: {} ended with {}{}", channel, LogText.of(command.script()), status, LogText.of(said));
            case Result.Failed(String why) -> log.warn("channel {}: {} {}", channel, LogText.of(command.script()), LogText.of(why));
        }
    }
}
