package io.jverto.switchboard.command;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The switch's own commands: `status`, `version`, `show`, `uuid_kill`, `uuid_exists`, `hupall`, `echo`
/// (dialplan-directory.md section 14). Each ends its reply with a line end unless it is a bare value.
public final class SwitchCommands {
    static final String VERSION = "jverto 0.1.0";

    private final LiveChannels channels;
    private final TimeSource time;

    private SwitchCommands(LiveChannels channels, TimeSource time) {
        this.channels = channels;
        this.time = time;
    }

    /// @return all of them
    public static List<ApiCommand> of(LiveChannels channels, TimeSource time) {
        SwitchCommands commands = new SwitchCommands(channels, time);
        return List.of(
                command("status", commands::status),
                command("version", arguments -> arguments.equals("short") ? "0.1.0\n" : VERSION + "\n"),
                command("show", new ShowCommand(channels)::run),
                command("uuid_kill", commands::uuidKill),
                command("uuid_exists", arguments -> String.valueOf(commands.find(arguments).isPresent())),
                command("hupall", commands::hangupAll),
                command("echo", arguments -> arguments));
    }

    private static ApiCommand command(String name, UnaryOperator<String> body) {
        return new ApiCommand() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String run(String arguments) {
                return body.apply(arguments);
            }
        };
    }

    private Optional<ChannelRef> find(String id) {
        return channels.find(new ChannelId(id));
    }

    private String status(String arguments) {
        Duration up = Duration.between(channels.startedAt(), time.wallTime());
        return "UP " + up.toDays() / 365 + " years, " + up.toDays() % 365 + " days, " + up.toHoursPart() + " hours, " + up.toMinutesPart()
                + " minutes, " + up.toSecondsPart() + " seconds, " + up.toMillisPart() + " milliseconds, " + up.toNanosPart() / 1_000 % 1_000
                + " microseconds\n"
                + VERSION + " is ready\n"
                + channels.sinceStart() + " session(s) since startup\n"
                + channels.count() + " session(s) - peak " + channels.peak() + "\n"
                + channels.limit() + " session(s) max\n";
    }

    private String uuidKill(String arguments) {
        String[] words = arguments.split(" +", 2);
        if (words[0].isEmpty()) {
            return "-USAGE: <uuid> [cause]\n";
        }
        Cause cause = words.length > 1 ? cause(words[1]) : Cause.NORMAL_CLEARING;
        return find(words[0]).filter(channel -> channel.hangup(cause, false)).isPresent() ? "+OK\n" : "-ERR No such channel!\n";
    }

    private String hangupAll(String arguments) {
        Cause cause = arguments.isEmpty() ? Cause.MANAGER_REQUEST : cause(arguments.split(" +", 2)[0]);
        channels.rows().forEach(row -> channels.find(row.id()).ifPresent(channel -> channel.hangup(cause, false)));
        return "+OK hangup all channels with cause " + cause + "\n";
    }

    private static Cause cause(String text) {
        Optional<Cause> cause = text.matches("[0-9]{1,3}") ? Cause.byCode(Integer.parseInt(text)) : Cause.byName(text.trim());
        return cause.orElse(Cause.NORMAL_CLEARING);
    }
}
