package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaPlan;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.kept.Belongings;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.kept.KeptWork;
import io.jverto.switchboard.port.CallRecord.LastStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What of a channel is kept while the server is started again, and how it goes on then.
@OwnedBy(Role.CHANNEL)
public final class Keeping {
    private final Channel channel;
    private final ChannelMedia media;
    private final Sides sides;

    Keeping(Channel channel, ChannelMedia media, Sides sides) {
        this.channel = channel;
        this.media = media;
        this.sides = sides;
    }

    /// @return the channel as it is now; empty when it cannot be kept: it is not answered, its client has no ICE or is another channel, or what
    /// it does has no name
    Optional<KeptChannel> note() {
        Optional<Instant> answered = channel.handle().answeredAt();
        Optional<ChannelRow> row = channel.handle().row();
        if (!channel.up() || !channel.state().isAnswered() || answered.isEmpty() || row.isEmpty() || !media.isAgreed() || !(media.agreed().transport() instanceof IcePlan)) {
            return Optional.empty();
        }
        MediaPlan plan = media.agreed();
        return work().map(work -> new KeptChannel(
                channel.id(), channel.outbound(), channel.profile(), sides.sentOn(),
                sides.again().map(last -> new KeptChannel.Shown(last.displayName(), last.displayNumber())),
                channel.variables().all(), row.get().created(), answered.get(), plan.audio(), plan.video(),
                new LastStep(row.get().application(), row.get().applicationData()), work,
                Optional.of(new Belongings(channel.state() == ChannelState.HELD, channel.recordings().note(), List.of(), List.of()))));
    }

    private Optional<KeptWork> work() {
        Optional<ChannelHandle> partner = channel.handle().partner();
        if (partner.isPresent()) {
            return Optional.of(channel.handle().isLeading()
                    ? new KeptWork.Leads(partner.get().id(), channel.agenda().rest())
                    : new KeptWork.Follows(partner.get().id()));
        }
        return Optional.of(channel.agenda().rest()).filter(rest -> !rest.isEmpty()).map(rest -> new KeptWork.Goes(rest, channel.agenda().seat()));
    }

    /// Makes a new channel what another one was. Its client is away.
    ///
    /// @return false when there is no port for its media; it has ended then
    public boolean resume(KeptChannel kept) {
        sides.restored(kept.sentOn(), kept.shown());
        channel.running(kept.running().application(), kept.running().data());
        if (!channel.openMedia()) {
            return false;
        }
        media.restored(kept.audio(), kept.video());
        channel.handle().video(kept.video());
        channel.become(ChannelState.ANSWERED);
        channel.recordings().restored(kept.has().recordings());
        if (kept.has().held()) {
            channel.handle().markHeld(true);
            channel.become(ChannelState.HELD);
        }
        return true;
    }

    /// Lets the time pass until the client has sound.
    public void awaitClient() {
        while (channel.up() && !media.isApplied()) {
            channel.next(Channel.FOREVER);
        }
    }
}
