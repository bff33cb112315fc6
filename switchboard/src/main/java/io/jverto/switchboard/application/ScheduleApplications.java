package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.bridge.Transfers.Destination;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.kept.Belongings.KeptTask;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.schedule.Scheduler.Does;
import io.jverto.switchboard.schedule.Scheduler.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is to happen with a call later (dialplan-directory.md section 9.1). A time is seconds from now with a plus, or seconds since 1970.
/// With the end of the call all of it is forgotten.
final class ScheduleApplications {
    private static final Logger log = LoggerFactory.getLogger(ScheduleApplications.class);
    private static final String TIME = "[+]<seconds> ";

    static final List<Application> ALL = List.of(
            Application.with("sched_hangup", Group.CALL, TIME + "[<cause>]", "hangs up later, with ALLOTTED_TIMEOUT or another cause",
                    ScheduleApplications::hangup),
            Application.with("sched_transfer", Group.CALL, TIME + "<extension> [<dialplan> [<context>]]", "goes to another extension later",
                    ScheduleApplications::transfer),
            Application.with("sched_broadcast", Group.CALL, TIME + "<sound>|<application>::<data> [aleg|bleg|both]", "as `broadcast`, later",
                    ScheduleApplications::broadcast),
            Application.with("sched_cancel", Group.CALL, "[<group>]",
                    "takes back what was to happen later with this call, or another group of tasks", ScheduleApplications::cancel));

    private ScheduleApplications() {}

    private static Next hangup(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        Cause cause = words.size() > 1 ? CallApplications.cause(words.get(1).toString()) : Cause.ALLOTTED_TIMEOUT;
        ChannelHandle call = channel.handle();
        return add(channel, services, "sched_hangup", data, 1, "hang up", () -> call.hangup(cause, false));
    }

    private static Next transfer(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        ChannelHandle call = channel.handle();
        return add(channel, services, "sched_transfer", data, 2, "transfer", () -> services.transfers().send(
                call, new Destination(words.get(1).toString(), word(words, 2), word(words, 3))));
    }

    private static Next broadcast(Channel channel, Text data, Services services) {
        Text what = behindTime(data);
        ChannelHandle call = channel.handle();
        return add(channel, services, "sched_broadcast", data, 2, "broadcast", () -> PartyApplications.broadcast(call, what, services));
    }

    private static String word(List<Text> words, int index) {
        return index < words.size() ? words.get(index).toString() : "";
    }

    /// What the call was to do later before the server was started again. Its time may be over.
    static void again(Channel channel, KeptTask task, Services services) {
        ALL.stream().filter(one -> one.name().equals(task.application())).findFirst()
                .ifPresent(one -> one.run().run(channel, Text.join(Text.syntax(task.at().getEpochSecond() + " "), task.data()), services));
    }

    private static Text behindTime(Text data) {
        int space = data.trim().indexOf(' ', 0);
        return space < 0 ? Text.EMPTY : data.trim().slice(space).trim();
    }

    /// @param least words that there must be
    private static Next add(Channel channel, Services services, String application, Text data, int least, String what, Runnable work) {
        List<Text> words = CallApplications.words(data);
        Optional<Duration> delay = words.size() < least ? Optional.empty() : delay(words.getFirst().toString(),
                channel.services().time().wallTime().getEpochSecond());
        if (delay.isEmpty()) {
            log.warn("channel {}: {} later needs {}...: {}", channel.logId(), what, TIME, LogText.of(data));
        } else {
            services.scheduler().add(channel.id().value(), what, When.in(delay.get()), Optional.of(new Does(application, behindTime(data))), work);
        }
        return Next.GO_ON;
    }

    /// @param text `+seconds` from now, or seconds since 1970
    static Optional<Duration> delay(String text, long nowSeconds) {
        if (!text.matches("\\+?[0-9]{1,10}")) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(text.startsWith("+") ? text.substring(1) : text);
        return Optional.of(Duration.ofSeconds(text.startsWith("+") ? seconds : Math.max(0, seconds - nowSeconds)));
    }

    private static Next cancel(Channel channel, Text data, Services services) {
        String group = data.toString().trim();
        services.scheduler().cancel(group.isEmpty() ? channel.id().value() : group);
        return Next.GO_ON;
    }
}
