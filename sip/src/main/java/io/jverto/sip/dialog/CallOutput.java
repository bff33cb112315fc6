package io.jverto.sip.dialog;

import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;

/// What a [UserAgent] wants done, and what it has to tell. Each of these may call the user agent again.
public interface CallOutput extends CallEvents {
    void send(Hop to, SipMessage message);

    /// Somebody calls. Decide: progress, accept, hang up.
    void incoming(CallId call, SipRequest invite, Hop from);

    /// A request outside of all calls: respond to it.
    void request(ServerId id, SipRequest request, Hop from);

    /// A response to a request of ours outside of all calls.
    void response(ClientId id, SipResponse response, Hop from);

    /// No response comes to a request of ours outside of all calls.
    void failed(ClientId id, ClientFailure why);
}
