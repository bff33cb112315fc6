package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.srtp.SrtpSession;
import org.jspecify.annotations.Nullable;

/// The DTLS association with the peer, which gives a [SecureLink] its keys (RFC 5764). Whose datagrams get here is for the [PeerLink] to say.
@OwnedBy(Role.MEDIA_LOOP)
final class Association {
    private final TransportShared shared;
    private final SecureLink link;

    private @Nullable Terms terms;
    private SrtpProfile best = SrtpProfile.cheapest(false);
    private @Nullable DtlsHandshake handshake;
    private int number;
    private boolean needed;
    private boolean peerClosed;
    private boolean closed;

    /// What offer and answer say of it.
    private record Terms(DtlsRole role, Fingerprint remote) {}

    Association(TransportShared shared, SecureLink link) {
        this.shared = shared;
        this.link = link;
    }

    /// Another certificate or role makes a new association (RFC 8842 section 4).
    ///
    /// @param otherPath whether the peer is reached otherwise than before: one that closed its association and comes back has none, even if it
    ///        kept its certificate
    /// @param wanted the SRTP profile that would be best; keys that are there already are kept
    void agree(DtlsRole role, Fingerprint remote, boolean otherPath, SrtpProfile wanted) {
        best = wanted;
        Terms agreed = new Terms(role, remote);
        if (!agreed.equals(terms) || otherPath && peerClosed) {
            terms = agreed;
            renew();
        }
    }

    /// Agreed to be without.
    void drop() {
        abort();
        terms = null;
        needed = false;
    }

    /// The next [#begin] makes a new one.
    void renew() {
        abort();
        needed = true;
        peerClosed = false;
    }

    /// Starts the handshake, if there is one to be made.
    void begin(TransportOutput out) {
        Terms agreed = terms;
        if (agreed == null || !needed) {
            return;
        }
        needed = false;
        shared.counters.increment(TransportCount.HANDSHAKES);
        out.noted(new MediaNote.HandshakeBegun(agreed.role()));
        handshake = out.startHandshake(++number, agreed.role(), agreed.remote(), best);
    }

    void onDatagram(byte[] bytes, int offset, int length) {
        DtlsHandshake now = handshake;
        if (now != null) {
            now.onDatagram(bytes, offset, length);
        } else {
            shared.counters.increment(TransportCount.NO_HANDSHAKE);
        }
    }

    /// A handshake wants a datagram sent; after [#close] that is its goodbye.
    void onHandshakeDatagram(int ofNumber, byte[] bytes, int offset, int length, TransportOutput out) {
        if (ofNumber == number) {
            link.sendPlain(bytes, offset, length, out);
        }
    }

    /// A handshake ended.
    ///
    /// @return whether this was the one in force; then there are keys, or it is gone
    boolean onHandshakeFinished(int ofNumber, DtlsResult result, TransportOutput out) {
        Terms agreed = terms;
        // One that was aborted for a newer one has nothing to say any more.
        if (ofNumber != number || handshake == null || agreed == null || closed) {
            return false;
        }
        switch (result) {
            case DtlsResult.Connected connected -> link.secure(new SrtpSession(connected.keys(), agreed.role(), shared.srtp));
            case DtlsResult.Failed failed -> {
                handshake = null;
                out.noted(new MediaNote.HandshakeFailed(failed.reason().name()));
            }
        }
        return true;
    }

    /// The peer closed its association: it wants nothing more, until a renegotiation.
    void onHandshakeClosed(int ofNumber) {
        if (ofNumber == number && handshake != null) {
            shared.counters.increment(TransportCount.PEER_CLOSED);
            peerClosed = true;
            link.silence();
        }
    }

    void close() {
        closed = true;
        abort();
    }

    private void abort() {
        DtlsHandshake now = handshake;
        if (now != null) {
            now.abort();
            handshake = null;
        }
    }
}
