package io.jverto.switchboard.bridge;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.port.AudioRoute.Whom;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.time.Duration;

/// Somebody who waits with music until whoever put him there, the attendant, has decided what becomes of him. The script runs on the
/// waiting channel's thread, the rest on the attendant's.
final class OnHold implements ChannelScript {
    private static final long ARRIVAL_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final ChannelHandle waiting;
    private final ChannelHandle attendant;
    private final Sound music;
    private final TimeSource time;
    private final Mailbox<Boolean> arrived;
    private volatile boolean attended;
    private volatile boolean handedOn;
    private volatile boolean left;

    OnHold(ChannelHandle waiting, ChannelHandle attendant, Sound music, TimeSource time) {
        this.waiting = waiting;
        this.attendant = attendant;
        this.music = music;
        this.time = time;
        this.arrived = time.mailbox(1);
    }

    @Override
    public void run(Channel channel) {
        arrived.tell(true);
        try {
            channel.play(music);
            while (channel.up()) {
                channel.next(channel.in(LOOK_AGAIN_MILLIS));
                if (!attended && attendant.isOver()) {
                    channel.hangup(Cause.NORMAL_CLEARING, "whoever put it on hold is gone");
                }
            }
        } finally {
            left = true;
            if (!handedOn) {
                attendant.tell(new ChannelEvent.LegEnded(waiting.id(), Cause.NORMAL_CLEARING));
            }
        }
    }

    /// Sends it here.
    void begin() {
        left = !waiting.redirect(this);
    }

    /// From now on the attendant decides. Waits until the channel is here: only then can it be sent elsewhere.
    void attend() {
        attended = true;
        long deadline = time.nanoTime() + ARRIVAL_NANOS;
        while (!isGone() && arrived.await(Math.min(deadline, time.nanoTime() + ARRIVAL_NANOS / 100)).isEmpty()) {
            left |= time.nanoTime() >= deadline;
        }
    }

    /// Whether it has ended, or is elsewhere by somebody else's wish.
    boolean isGone() {
        return !handedOn && (left || waiting.isOver());
    }

    /// @return who waits; it is the caller's to send it elsewhere
    ChannelHandle handOn() {
        handedOn = true;
        return waiting;
    }

    boolean isHandedOn() {
        return handedOn;
    }

    /// Takes part in the attendant's talk from now on.
    void joins(MediaRef attendants) {
        waiting.tell(new ChannelEvent.Visit(channel -> channel.listen(attendants, Whom.BOTH, Whom.BOTH), () -> { }));
    }
}
