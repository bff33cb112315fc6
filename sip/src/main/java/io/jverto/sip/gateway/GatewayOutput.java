package io.jverto.sip.gateway;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;

/// What a [Gateway] wants done.
public interface GatewayOutput {
    /// Look these up, by all their addresses in the order to try; [Gateway#resolved] takes what is found, perhaps nothing.
    void resolve(HostPort host, SipTransport transport);

    /// @return a Via of ours for a request to this hop
    Via via(Hop hop);

    /// Sends a request; what becomes of it comes to [Gateway#onResponse] or [Gateway#onFailed].
    void request(ClientId id, SipRequest request, Hop to);

    /// The state, or whether the gateway can be used, has changed.
    ///
    /// @param status of the last response, 0 for none; 908 when nobody answered
    void changed(GatewayState state, boolean up, int status);
}
