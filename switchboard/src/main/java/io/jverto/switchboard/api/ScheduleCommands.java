package io.jverto.switchboard.api;

import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.command.Table;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.schedule.Scheduler;
import io.jverto.switchboard.schedule.Scheduler.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands for later (dialplan-directory.md section 14.1). A time is seconds from now with a plus, or seconds since 1970.
final class ScheduleCommands {
    private static final Logger log = LoggerFactory.getLogger(ScheduleCommands.class);
    private static final String TOO_MANY = "-ERR Too many tasks wait\n";

    private final ChannelServices services;
    private final Channels channels;
    private final Scheduler scheduler;

    private ScheduleCommands(ChannelServices services, Channels channels, Scheduler scheduler) {
        this.services = services;
        this.channels = channels;
        this.scheduler = scheduler;
    }

    static List<ApiCommand> of(ChannelServices services, Channels channels, Scheduler scheduler) {
        ScheduleCommands commands = new ScheduleCommands(services, channels, scheduler);
        return List.of(
                ApiCommand.of("sched_api", commands::schedule),
                ApiCommand.of("sched_hangup", arguments -> commands.onChannel("sched_hangup", arguments, "uuid_kill", "ALLOTTED_TIMEOUT", "[<cause>]", 2)),
                ApiCommand.of("sched_transfer", arguments -> commands.onChannel("sched_transfer", arguments, "uuid_transfer", "",
                        "<extension> [<dialplan>] [<context>]", 3)),
                ApiCommand.of("sched_broadcast", arguments -> commands.onChannel("sched_broadcast", arguments, "uuid_broadcast", "",
                        "<sound>|<application>::<argument> [aleg|bleg|both]", 3)),
                ApiCommand.of("sched_del", commands::delete),
                ApiCommand.of("unsched_api", commands::delete));
    }

    static Table tasks(Scheduler scheduler) {
        return new Table(List.of("task_id", "task_desc", "task_group", "task_runtime"), scheduler.tasks().stream()
                .map(task -> List.of(String.valueOf(task.number()), task.description(), task.group(), String.valueOf(task.at().getEpochSecond())))
                .toList());
    }

    /// `[+@]<seconds> <group> <command>`; with `@` it repeats.
    private String schedule(String arguments) {
        String[] words = arguments.split(" +", 3);
        boolean repeats = words[0].startsWith("@");
        Optional<Duration> delay = delay(repeats ? "+" + words[0].substring(1) : words[0]);
        if (words.length < 3 || delay.isEmpty() || repeats && delay.get().isZero()) {
            return Replies.usage("[+|@]<seconds> <group> <command> [<arguments>]");
        }
        When when = new When(delay.get(), repeats ? delay.get() : Duration.ZERO);
        return scheduler.add(words[1], words[2], when, () -> log.info("task {}: {}", LogText.of(words[1]),
                LogText.of(services.commands().run(words[2]).strip())))
                .map(number -> "+OK Added: " + number + "\n")
                .orElse(TOO_MANY);
    }

    /// `[+]<seconds> <uuid> ...`: another command for that channel.
    private String onChannel(String application, String arguments, String command, String otherwise, String usage, int least) {
        String[] words = arguments.split(" +", 3);
        Optional<Duration> delay = delay(words[0]);
        if (words.length < least || delay.isEmpty()) {
            return Replies.usage("[+]<seconds> <uuid> " + usage);
        }
        if (channels.handle(new ChannelId(words[1])).isEmpty()) {
            return Replies.NO_CHANNEL;
        }
        String line = command + " " + words[1] + " " + (words.length > 2 ? words[2] : otherwise);
        Scheduler.Does does = new Scheduler.Does(application, Text.data(words.length > 2 ? words[2] : otherwise));
        return scheduler.add(words[1], line, When.in(delay.get()), Optional.of(does), () -> services.commands().run(line)).isPresent() ? Replies.OK : TOO_MANY;
    }

    private Optional<Duration> delay(String text) {
        if (!text.matches("\\+?[0-9]{1,10}")) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(text.startsWith("+") ? text.substring(1) : text);
        return Optional.of(Duration.ofSeconds(text.startsWith("+") ? seconds : Math.max(0, seconds - services.time().wallTime().getEpochSecond())));
    }

    /// `<task>|<group>`.
    private String delete(String which) {
        if (which.isEmpty()) {
            return Replies.usage("<task>|<group>");
        }
        int gone = which.matches("[0-9]{1,18}") && scheduler.cancel(Long.parseLong(which)) ? 1 : scheduler.cancel(which);
        return gone > 0 ? "+OK Deleted: " + gone + "\n" : "-ERR Task not found\n";
    }
}
