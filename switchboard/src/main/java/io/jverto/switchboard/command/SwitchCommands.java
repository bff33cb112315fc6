package io.jverto.switchboard.command;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.util.List;

/// What the switch tells of itself: `status`, `version`, `uptime`, `show`, `uuid_exists`, `echo` (dialplan-directory.md section 14).
/// Each ends its reply with a line end unless it is a bare value.
public final class SwitchCommands {
    static final String VERSION = "jverto 0.1.0";
    private static final int NANOS_OF_MICRO = 1_000;

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
                ApiCommand.of("status", commands::status),
                ApiCommand.of("version", arguments -> arguments.equals("short") ? "0.1.0\n" : VERSION + "\n"),
                ApiCommand.of("uptime", commands::uptime),
                ApiCommand.of("uuid_exists", arguments -> String.valueOf(channels.find(new ChannelId(arguments)).isPresent())),
                ApiCommand.of("echo", arguments -> arguments));
    }

    /// In seconds unless another unit is named.
    private String uptime(String unit) {
        Duration up = Duration.between(channels.startedAt(), time.wallTime());
        return switch (unit) {
            case "us" -> up.toNanos() / NANOS_OF_MICRO + "\n";
            case "ms" -> up.toMillis() + "\n";
            case "", "s" -> up.toSeconds() + "\n";
            case "m" -> up.toMinutes() + "\n";
            case "h" -> up.toHours() + "\n";
            case "d" -> up.toDays() + "\n";
            default -> "-USAGE: uptime [us|ms|s|m|h|d]\n";
        };
    }

    private String status(String arguments) {
        LiveChannels.Rate rate = channels.rate();
        Duration up = Duration.between(channels.startedAt(), time.wallTime());
        return "UP " + up.toDays() / 365 + " years, " + up.toDays() % 365 + " days, " + up.toHoursPart() + " hours, " + up.toMinutesPart()
                + " minutes, " + up.toSecondsPart() + " seconds, " + up.toMillisPart() + " milliseconds, " + up.toNanosPart() / NANOS_OF_MICRO % 1_000
                + " microseconds\n"
                + VERSION + " is ready\n"
                + channels.sinceStart() + " session(s) since startup\n"
                + channels.count() + " session(s) - peak " + channels.peak() + ", last 5min " + rate.recentCalls() + " \n"
                + rate.now() + " session(s) per Sec out of max " + rate.limit() + ", peak " + rate.peak() + ", last 5min " + rate.recent() + " \n"
                + channels.limit() + " session(s) max\n"
                + "min idle cpu 0.00/" + Machine.idle() + "\n"
                + "Current Stack Size/Max " + Machine.stack() + "/" + Machine.stack() + "\n";
    }
}
