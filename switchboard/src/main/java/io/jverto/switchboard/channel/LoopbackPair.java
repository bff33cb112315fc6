package io.jverto.switchboard.channel;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The two ends of a loopback, and whether they may go out of the way of those who talk with them. Thread-safe.
public final class LoopbackPair {
    private final ChannelHandle one;
    private final ChannelHandle other;
    private final AtomicBoolean settled = new AtomicBoolean();

    LoopbackPair(ChannelHandle one, ChannelHandle other) {
        this.one = one;
        this.other = other;
    }

    public ChannelHandle otherOf(ChannelHandle end) {
        return end == one ? other : one;
    }

    /// They stay, whatever happens.
    public void stays() {
        settled.set(true);
    }

    /// @return both partners when each end talks with somebody; empty otherwise, and when an end is recorded
    public Optional<Partners> partners() {
        boolean free = !settled.get() && !one.isRecorded() && !other.isRecorded();
        return free
                ? partner(one).flatMap(ofOne -> partner(other).filter(ofOther -> ofOther != ofOne).map(ofOther -> new Partners(ofOne, ofOther)))
                : Optional.empty();
    }

    /// Who follows knows of the talk first: only when somebody leads it, do both.
    private static Optional<ChannelHandle> partner(ChannelHandle end) {
        return end.partner().filter(with -> end.isLeading() || with.isLeading());
    }

    /// @param one talks with the end that was called
    /// @param other talks with the end that goes through the dialplan
    public record Partners(ChannelHandle one, ChannelHandle other) {}

    public ChannelHandle one() {
        return one;
    }

    public ChannelHandle other() {
        return other;
    }

    /// @return true for the first who wants them out of the way, unless they stay
    public boolean claim() {
        return settled.compareAndSet(false, true);
    }
}
