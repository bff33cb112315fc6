package io.jverto.media.transport;

import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.MediaPlan;
import java.net.InetSocketAddress;

/// How a transport finds its peer and agrees on keys with it. What it finds goes into a [SecureLink].
sealed interface PeerLink permits IceLink, DirectLink {
    /// The peer's side, or what a renegotiation changed of it.
    void apply(long nowNanos, MediaPlan plan, TransportOutput out);

    /// Takes a datagram that is for the link itself, and tells whether media may come from there. What may not is counted.
    ///
    /// @return whether it is RTP or RTCP to be opened
    boolean onDatagram(long nowNanos, InetSocketAddress from, DatagramKind kind, byte[] bytes, int offset, int length, TransportOutput out);

    /// What [#onDatagram] let pass was authentic, as far as there are keys.
    void onAuthentic(long nowNanos, InetSocketAddress from, DatagramKind kind);

    void onTimeout(long nowNanos, TransportOutput out);

    /// @return when to call [#onTimeout], `Long.MAX_VALUE` for never
    long deadline();

    /// The handshake of its association ended.
    ///
    /// @return whether it can be sent to now
    boolean onSecured(long nowNanos, DtlsResult result, TransportOutput out);

    void close(TransportOutput out);
}
