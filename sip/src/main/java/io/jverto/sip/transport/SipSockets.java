package io.jverto.sip.transport;

import io.jverto.sip.transaction.Hop;

/// Sends messages. Thread-safe; never blocks.
public interface SipSockets {
    /// Sends when it can; what goes wrong is told to [SipInput#unreachable].
    void send(Hop to, byte[] message);
}
