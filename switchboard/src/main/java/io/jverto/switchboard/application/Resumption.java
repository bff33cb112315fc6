package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.kept.KeptWork;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService.Standing;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    public Resumption(Channels channels, Bridge bridge, DialplanScript dialplan) {
        this.channels = channels;
        this.bridge = bridge;
        this.dialplan = dialplan;
    }

    /// The rest of a channel's life.
    public void run(Channel channel, KeptChannel kept) {
        if (!channel.keeping().resume(kept)) {
            return;
        }
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
