package io.jverto.verto.outbound;

import java.net.InetSocketAddress;

/// One client's WebSocket, or what stands for it in a test. Thread-safe; nothing here blocks but [#sendAndWait].
public interface Transport {
    /// Sends a text frame.
    ///
    /// @return false when it was not taken: closed, or the client does not read
    boolean send(String text);

    /// Sends a text frame and waits until the network has taken it, for some seconds at most. The one method that blocks.
    ///
    /// @return false when it was not taken in that time
    boolean sendAndWait(String text);

    /// Sends a WebSocket ping along with the next frame; every client's library answers it.
    void ping();

    /// Stops or resumes to read from the client.
    void reading(boolean on);

    /// Sends what waits, then closes. Twice does no harm.
    void close();

    InetSocketAddress remote();

    /// Whether the client came over TLS.
    boolean secure();
}
