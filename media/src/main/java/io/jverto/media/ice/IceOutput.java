package io.jverto.media.ice;

import java.net.InetSocketAddress;

/// What an [IceAgent] wants done.
public interface IceOutput {
    /// Send a STUN message. The bytes are the agent's again when the call returns.
    void send(InetSocketAddress to, byte[] bytes, int offset, int length);

    /// Media and DTLS go to and come from this address from now on. Called again whenever the pair changes.
    void selected(InetSocketAddress remote);

    /// Nobody answers, or nobody consents any more (RFC 7675 section 5.1): stop sending. Called once; a restart may follow.
    void failed();
}
