package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.kept.KeptChannel.Shown;
import io.jverto.switchboard.port.CallSignal.DisplayUpdate;
import io.jverto.switchboard.port.CallerProfile;
import java.util.Optional;

/// Who is at the two ends of a channel: the profile as the switch sees it, and as the channel's client does.
@OwnedBy(Role.CHANNEL)
final class Sides {
    private final boolean outbound;
    private CallerProfile profile;
    /// Whether this channel was called and then sent to another number.
    private boolean sentOn;
    private Optional<DisplayUpdate> displayed = Optional.empty();

    Sides(boolean outbound, CallerProfile profile) {
        this.outbound = outbound;
        this.profile = profile;
    }

    boolean sentOn() {
        return sentOn;
    }

    /// As they were before the server was started again.
    void restored(boolean wasSentOn, Optional<Shown> last) {
        sentOn = wasSentOn;
        displayed = last.map(shown -> new DisplayUpdate(shown.name(), shown.number(), shown()));
    }

    CallerProfile profile() {
        return profile;
    }

    void profile(CallerProfile changed) {
        profile = changed;
    }

    /// @return who is at this end
    Party party() {
        return calls() ? new Party(profile.callerName(), profile.callerNumber()) : new Party(profile.calleeName(), profile.calleeNumber());
    }

    /// Whether the channel's party is the profile's caller: it placed the call, or it was called and then sent on.
    private boolean calls() {
        return !outbound || sentOn;
    }

    /// Whom the channel talks with from now on.
    ///
    /// @return what its client is to be shown
    DisplayUpdate meets(Party other) {
        profile = calls() ? Profiles.withCallee(profile, other.name(), other.number()) : Profiles.withCaller(profile, other.name(), other.number());
        DisplayUpdate update = new DisplayUpdate(other.name(), other.number(), shown());
        displayed = Optional.of(update);
        return update;
    }

    /// The channel goes to another number as if its party had dialled it. One that was called becomes a caller.
    void sendOn(String destination, String dialplan, String context) {
        CallerProfile from = calls() ? profile : Profiles.swapped(profile);
        sentOn = outbound;
        profile = Profiles.transferred(from, destination, dialplan, context);
    }

    /// @return the profile as the client knows it, which does not change sides when it is sent on
    CallerProfile shown() {
        return sentOn ? Profiles.swapped(profile) : profile;
    }

    /// @return what a client that lost everything is to be shown again, if it ever was told (verto-wire.md section 4.5)
    Optional<DisplayUpdate> again() {
        return displayed.map(last -> new DisplayUpdate(last.displayName(), last.displayNumber(), shown()));
    }
}
