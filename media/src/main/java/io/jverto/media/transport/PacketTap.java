package io.jverto.media.transport;

import java.net.InetSocketAddress;

/// Sees what a transport receives and sends of RTP and RTCP without encryption. Bytes are the transport's again when a call returns.
public interface PacketTap {
    /// It was authentic.
    void received(InetSocketAddress from, byte[] bytes, int offset, int length);

    /// It is about to be encrypted and sent.
    ///
    /// @param control whether it goes to the port of RTCP, where that is another than that of RTP
    void sent(InetSocketAddress to, boolean control, byte[] bytes, int offset, int length);
}
