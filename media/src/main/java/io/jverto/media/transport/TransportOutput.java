package io.jverto.media.transport;

import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.SrtpProfile;
import java.net.InetSocketAddress;

/// What a [PeerTransport] wants done. Bytes are the transport's again when a call returns.
public interface TransportOutput {
    /// Send a STUN message; the response to a request is to come back to this transport.
    void sendStun(InetSocketAddress to, byte[] bytes, int offset, int length);

    /// Send DTLS, RTP, or RTCP where that goes the same way; SRTP and SRTCP alike.
    void send(InetSocketAddress to, byte[] bytes, int offset, int length);

    /// Send RTCP from the port above that of RTP.
    void sendControl(InetSocketAddress to, byte[] bytes, int offset, int length);

    /// ICE has chosen this address: DTLS, SRTP and SRTCP from there are for this transport.
    void selected(InetSocketAddress remote);

    /// Start a handshake on a thread of its own. What it says comes back by [PeerTransport#onHandshakeDatagram],
    /// [PeerTransport#onHandshakeFinished] and [PeerTransport#onHandshakeClosed] with the same `number`.
    DtlsHandshake startHandshake(int number, DtlsRole role, Fingerprint remote, SrtpProfile best);

    /// The peer can be sent to. Again when a renegotiation led to new keys.
    void connected();

    /// Something to be remembered of this call.
    default void noted(MediaNote note) {}

    /// A digit arrived, once.
    void digit(char digit, int durationMillis);

    /// It is dead, unless a renegotiation follows.
    void failed(TransportFailure failure);
}
