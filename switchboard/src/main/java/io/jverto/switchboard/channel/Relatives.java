package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import java.util.Optional;

/// What a channel knows of the one that called it, and of the one that it called last.
@OwnedBy(Role.CHANNEL)
public final class Relatives {
    private Optional<CallerProfile> caller = Optional.empty();
    private Optional<CallerProfile> called = Optional.empty();
    private Optional<ChannelId> ringing = Optional.empty();
    private int hops;
    private WayBack wayBack = WayBack.NONE;

    Relatives() {}

    /// Notes whose call this channel is (`aleg_...`), or whom it called (`bleg_...`).
    public void otherLeg(CallerProfile other, boolean calledThisOne) {
        if (calledThisOne) {
            caller = Optional.of(other);
        } else {
            called = Optional.of(other);
            ringing = Optional.empty();
        }
    }

    /// Notes whom this channel calls, before there is an answer.
    public void calls(ChannelId id, CallerProfile profile) {
        called = Optional.of(profile);
        ringing = Optional.of(id);
    }

    /// @return whom this channel called last, unless it has talked with that one
    Optional<ChannelId> calls() {
        return ringing;
    }

    /// @return the profile of the channel that called this one, or that this one called last
    public Optional<CallerProfile> otherLeg(boolean calledThisOne) {
        return calledThisOne ? caller : called;
    }

    /// Notes where this channel comes back to, which has been sent elsewhere.
    public void wayBack(WayBack way) {
        wayBack = way;
    }

    /// @return what becomes of it if it does not arrive
    public WayBack wayBack() {
        return wayBack;
    }

    void hops(int calls) {
        hops = calls;
    }

    /// @return how many calls led to this one, one out of the other
    public int hops() {
        return hops;
    }
}
