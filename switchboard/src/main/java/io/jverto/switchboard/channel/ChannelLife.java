package io.jverto.switchboard.channel;

import io.jverto.base.Broken;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The course of a channel: its script and those that it was made to go on with, and the order in which it ends. Who waits for its end is
/// told here.
@OwnedBy(Role.CHANNEL)
final class ChannelLife {
    private static final Logger log = LoggerFactory.getLogger(Channel.class);
    private static final Consumer<ChannelEvent> NOBODY = event -> { };

    private final Channel channel;
    private final ChannelMedia media;
    private final Interludes interludes;
    /// Whom the channel was called by, or talks with at their wish, and who is told when it leaves.
    private Consumer<ChannelEvent> leader = NOBODY;

    ChannelLife(Channel channel, ChannelMedia media, Interludes interludes) {
        this.channel = channel;
        this.media = media;
        this.interludes = interludes;
    }

    void follow(Consumer<ChannelEvent> other) {
        leader = other;
    }

    /// The channel's whole life.
    ///
    /// @param leave takes it out of the registry, before the client hears of the end
    void live(ChannelScript script, Runnable leave) {
        try {
            channel.become(channel.outbound() ? ChannelState.RINGING : ChannelState.ROUTING);
            script.run(channel);
            for (Optional<ChannelScript> next = redirection(); next.isPresent(); next = redirection()) {
                next.get().run(channel);
            }
        } catch (RuntimeException bug) {
            log.error("channel {} ended by a bug", channel.logId(), bug);
            channel.fails(Cause.NORMAL_TEMPORARY_FAILURE, "a bug");
        } finally {
            channel.fails(Cause.NORMAL_CLEARING, "nothing left to do");
            finish(leave);
        }
    }

    /// @return what comes after what the channel was made to leave
    private Optional<ChannelScript> redirection() {
        Optional<ChannelScript> next = channel.handle().takeRedirection();
        if (next.isPresent()) {
            leaveLeader(Cause.NORMAL_CLEARING);
            channel.sayings().heardByNobody();
            if (media.isOpen()) {
                channel.route(new AudioRoute.Silent());
            }
        }
        return next;
    }

    private void leaveLeader(Cause cause) {
        leader.accept(new ChannelEvent.LegEnded(channel.id(), cause));
        leader = NOBODY;
    }

    private void finish(Runnable leave) {
        Ending ending = channel.handle().ending().orElseThrow(() -> new Broken("channel finished without an end"));
        channel.speech().stop();
        channel.recordings().close();
        channel.become(ChannelState.ENDED);
        channel.services().counters().increment(SwitchCounter.CHANNELS_ENDED);
        log.info("channel {} ended: {} ({})", channel.logId(), ending.cause(), LogText.of(ending.why()));
        channel.signal().ifPresent(signal -> signal.ending(ending.cause(), ending.byClient(), channel.variables()::plain).forEach(channel.variables()::set));
        try {
            if (!ending.kept()) {
                leaveRecord(ending.cause()); // first: a server that stops waits until the channel has left
                channel.happenings().happened("hangup");
            }
        } finally {
            part(ending, leave);
        }
    }

    private void part(Ending ending, Runnable leave) {
        try {
            leave.run();
            CoreChannelEvents.gone(channel);
            if (!ending.kept()) {
                // before the media closes: otherwise the client sees a broken connection first and invents a cause
                channel.signal().ifPresent(signal -> signal.ended(ending.cause(), ending.byClient()));
            }
        } finally {
            media.close();
            interludes.close();
            if (!ending.kept()) {
                leaveLeader(ending.cause());
            }
        }
    }

    private void leaveRecord(Cause cause) {
        try {
            channel.services().records().ended(ChannelRecord.of(channel, cause));
        } catch (RuntimeException bug) { // the call has to end all the same
            log.error("channel {} leaves no record because of a bug", channel.logId(), bug);
        }
    }
}
