package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.srtp.SrtpSession;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The way to the peer once there is an address and keys: protects and sends, and sends nothing before (RFC 5764
/// section 5.1.2). Remembers the last addresses that ICE selected, since packets may still be on their way from those.
@OwnedBy(Role.MEDIA_LOOP)
final class SecureLink {
    private static final int MAX_RECENT = 4;

    private final TransportShared shared;
    private final @Nullable InetSocketAddress[] recent = new InetSocketAddress[MAX_RECENT];
    private @Nullable SrtpSession session;
    private boolean mayBeSent = true;

    SecureLink(TransportShared shared) {
        this.shared = shared;
    }

    void select(InetSocketAddress remote) {
        if (!remote.equals(recent[0])) {
            System.arraycopy(recent, 0, recent, 1, MAX_RECENT - 1);
            recent[0] = remote;
        }
        mayBeSent = true;
    }

    /// Keys agreed: both directions use them from now on.
    void secure(SrtpSession agreed) {
        session = agreed;
        mayBeSent = true;
    }

    /// The peer does not want anything more, for now.
    void silence() {
        mayBeSent = false;
    }

    boolean knows(InetSocketAddress from) {
        for (InetSocketAddress known : recent) {
            if (from.equals(known)) {
                return true;
            }
        }
        return false;
    }

    boolean ready() {
        return mayBeSent && session != null && recent[0] != null;
    }

    /// Sends to the selected address as it is.
    void sendPlain(byte[] bytes, int offset, int length, TransportOutput out) {
        InetSocketAddress remote = recent[0];
        // RFC 7675 section 5.1: nothing at all goes to a peer that no longer consents.
        if (remote != null && mayBeSent) {
            out.send(remote, bytes, offset, length);
        }
    }

    /// Protects in place and sends; `bytes` has room for the growth.
    boolean sendRtp(byte[] bytes, int length, TransportOutput out) {
        SrtpSession keys = session;
        return ready() && keys != null && sendProtected(bytes, keys.protectRtp(bytes, 0, length), out);
    }

    boolean sendRtcp(byte[] bytes, int length, TransportOutput out) {
        SrtpSession keys = session;
        return ready() && keys != null && sendProtected(bytes, keys.protectRtcp(bytes, 0, length), out);
    }

    private boolean sendProtected(byte[] bytes, int length, TransportOutput out) {
        if (length > 0) {
            sendPlain(bytes, 0, length, out);
        }
        return length > 0;
    }

    /// Authenticates and decrypts in place.
    ///
    /// @return the new length, 0 when the packet is to be dropped (counted)
    int open(boolean rtcp, byte[] bytes, int offset, int length) {
        SrtpSession keys = session;
        if (keys == null) {
            shared.counters.increment(TransportCount.NO_KEYS);
            return 0;
        }
        int opened = rtcp ? keys.unprotectRtcp(bytes, offset, length) : keys.unprotectRtp(bytes, offset, length);
        if (opened <= 0) {
            shared.counters.increment(TransportCount.UNAUTHENTIC);
            return 0;
        }
        return opened;
    }
}
