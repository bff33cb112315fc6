package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.kept.Belongings.KeptTask;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.kept.KeptWork;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService.Standing;
import io.jverto.switchboard.schedule.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How a channel goes on after the server was started again: who was in a room or in a talk is there at once, as after the loss of a
/// connection; all else begins anew when its client is back, with the application that ran.
public final class Resumption {
    /// Their talk is over for the dialplan, and it goes on behind them; what else makes talks looks for the next one.
    private static final String QUEUE = "fifo";
    /// What has been done by halves stays as it is: a file would be written over.
    private static final Set<String> NOT_AGAIN = Set.of("record");

    private final Channels channels;
    private final Bridge bridge;
    private final DialplanScript dialplan;
    private final Services services;

    public Resumption(Services services, DialplanScript dialplan) {
        this.channels = services.channels();
        this.bridge = services.bridge();
        this.dialplan = dialplan;
        this.services = services;
    }

    /// @return the answered channels that could go on, with all that belongs to them
    public List<KeptChannel> keepable() {
        Map<String, List<Scheduler.Task>> tasks = services.scheduler().tasks().stream().filter(task -> task.does().isPresent()).collect(Collectors.groupingBy(Scheduler.Task::group));
        return channels.keepable().stream()
                .map(kept -> kept.with(tasks.getOrDefault(kept.id().value(), List.of()).stream().map(Resumption::kept).toList(), services.shared().placesOf(kept.id())))
                .toList();
    }

    private static KeptTask kept(Scheduler.Task task) {
        Scheduler.Does does = task.does().orElseThrow();
        return new KeptTask(task.at(), does.application(), does.data());
    }

    /// What is to be so before anybody can call.
    public void prepare(KeptChannel kept) {
        kept.has().limits().forEach(place -> services.shared().takeAgain(kept.id(), place));
    }

    /// The rest of a channel's life.
    public void run(Channel channel, KeptChannel kept) {
        if (!channel.keeping().resume(kept)) {
            return;
        }
        kept.has().tasks().forEach(task -> ScheduleApplications.again(channel, task, services));
        switch (kept.work()) {
            case KeptWork.Goes(List<Step> rest, Optional<Standing> standing) -> goOn(channel, rest, standing);
            case KeptWork.Leads(ChannelId other, List<Step> rest) -> lead(channel, other, rest);
            case KeptWork.Follows(ChannelId leader) -> channels.handle(leader).ifPresentOrElse(
                    one -> bridge.follow(channel, one), () -> channel.hangup(Cause.NORMAL_TEMPORARY_FAILURE, "whom it talked with is not there"));
        }
    }

    private void goOn(Channel channel, List<Step> rest, Optional<Standing> standing) {
        List<Step> again = !rest.isEmpty() && NOT_AGAIN.contains(rest.getFirst().application()) ? rest.subList(1, rest.size()) : rest;
        channel.agenda().returnsTo(standing);
        if (standing.isEmpty()) {
            channel.agenda().begins(again); // should the server be started again before the client is back
            try {
                channel.keeping().awaitClient();
            } finally {
                channel.agenda().ends();
            }
        }
        dialplan.resume(channel, again);
    }

    private void lead(Channel channel, ChannelId other, List<Step> rest) {
        channel.agenda().begins(rest);
        Bridge.Result result;
        try {
            Optional<ChannelHandle> follower = channels.handle(other);
            result = bridge.resume(channel, follower);
        } finally {
            channel.agenda().ends();
        }
        Next next = CallApplications.next(result);
        if (next instanceof Next.GoOn) {
            boolean again = rest.isEmpty() || rest.getFirst().application().equals(QUEUE);
            dialplan.resume(channel, again ? rest : rest.subList(1, rest.size()));
        } else {
            dialplan.after(channel, next);
        }
    }
}
