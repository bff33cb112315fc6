package io.jverto.sip.profile;

import io.jverto.sip.dialog.CallEvents;
import io.jverto.sip.dialog.CallId;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.transaction.Hop;

/// Owns the calls of one profile. Called in the profile's SIP thread, where it must not wait: what waits goes to another thread and comes
/// back by [Profile#run].
public interface CallOwner extends CallEvents {
    /// Somebody calls who may. Decide: progress, accept, hang up.
    void incoming(CallId call, SipRequest invite, Hop from, Caller caller);

    /// Makes owners.
    @FunctionalInterface
    interface Factory {
        CallOwner of(Profile profile);
    }
}
