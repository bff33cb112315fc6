package io.jverto.switchboard.channel;

import io.jverto.media.plan.Recording;
import io.jverto.switchboard.channel.ChannelRecordings.Needs;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// How recordings of a channel's session go on with another channel when this one leaves a talk by a transfer (`recording_follow_transfer`).
/// Thread-safe.
public final class Succession {
    private final AtomicLong numbers = new AtomicLong();
    private volatile Optional<MediaRef> media = Optional.empty();
    private volatile Optional<Heir> heir = Optional.empty();
    private final List<Left> left = new ArrayList<>(); // guarded by this
    private boolean closed; // guarded by this

    /// @param swapped what it says is what the channel that leaves heard
    record Heir(ChannelHandle to, boolean swapped) {}

    /// A recording that its channel has left to this one, on whose line it is already.
    ///
    /// @param number among this channel's recordings
    /// @param sides as this channel sees them
    record Left(long number, Recording recording, Recording.Sides sides, Needs needs, Recording.Flow wished) {}

    Succession() {}

    /// A channel leaves a talk to the one with whom it talked.
    public void leaveToPartner(ChannelHandle partner) {
        heir = Optional.of(new Heir(partner, true));
    }

    /// A channel takes the place of this one.
    public void leaveToSuccessor(ChannelHandle successor) {
        heir = Optional.of(new Heir(successor, false));
    }

    /// @return who has the recordings from now on, once
    synchronized Optional<Heir> takeHeir() {
        Optional<Heir> taken = heir;
        heir = Optional.empty();
        return taken;
    }

    void media(MediaRef opened) {
        media = Optional.of(opened);
    }

    /// @return the channel's media, once they are open
    Optional<MediaRef> media() {
        return media;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /// @return false when the channel takes no more: it is over
    synchronized boolean leave(Left recording) {
        return !closed && left.add(recording);
    }

    /// @return what was left to the channel since
    synchronized List<Left> takeLeft() {
        List<Left> taken = List.copyOf(left);
        left.clear();
        return taken;
    }

    /// The same, for the last time.
    synchronized List<Left> close() {
        closed = true;
        return takeLeft();
    }
}
