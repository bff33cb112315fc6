package io.jverto.sip.transport;

import io.jverto.sip.message.SipDecoding;
import io.jverto.sip.transaction.Hop;

/// Takes what sockets read. Called by their threads, several at once; must not block for long.
public interface SipInput {
    void received(Hop from, SipDecoding decoding);

    /// A connection to this hop ended or did not come about: what was to go there is lost.
    void unreachable(Hop hop);
}
