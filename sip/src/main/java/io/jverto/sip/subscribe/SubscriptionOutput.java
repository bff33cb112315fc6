package io.jverto.sip.subscribe;

import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.UserId;

/// What [Subscriptions] want done.
public interface SubscriptionOutput {
    /// @return a Via of ours for a request to this hop
    Via via(Hop hop);

    /// Sends NOTIFY; [Subscriptions#onNotified] is told what becomes of it.
    ///
    /// @param dialog of whom it is for
    void notify(String dialog, SipRequest request, Hop to);

    /// Somebody has begun to watch: [Subscriptions#show] is to be told what there is to see.
    void wanted(EventPackage what, UserId whom);
}
