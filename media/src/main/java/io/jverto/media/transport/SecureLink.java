package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.srtp.SrtpSession;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The way to the peer once there is an address and keys, or an agreement to do without: protects and sends, and sends nothing before
/// (RFC 5764 section 5.1.2). Remembers the last addresses that ICE selected, since packets may still be on their way from those.
@OwnedBy(Role.MEDIA_LOOP)
final class SecureLink {
    private static final int MAX_RECENT = 4;

    private final TransportShared shared;
    private final @Nullable InetSocketAddress[] recent = new InetSocketAddress[MAX_RECENT];
    private @Nullable SrtpSession session;
    /// Where RTCP goes, when that is not where RTP goes.
    private @Nullable InetSocketAddress control;
    /// Nothing is encrypted, and the peer knows.
    private boolean clear;
    private boolean mayBeSent = true;
    private @Nullable PacketTap tap;

    SecureLink(TransportShared shared) {
        this.shared = shared;
    }

    /// @param wanted null for nobody
    void tap(@Nullable PacketTap wanted) {
        tap = wanted;
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
        clear = false;
        mayBeSent = true;
    }

    @Nullable SrtpSession session() {
        return session;
    }

    /// Agreed to be without keys.
    void clear() {
        session = null;
        clear = true;
    }

    /// Agreed to make keys, which are not there yet: until then nothing is sent or taken.
    void awaitKeys() {
        session = null;
        clear = false;
    }

    /// @param remote null when RTCP goes where RTP goes
    void control(@Nullable InetSocketAddress remote) {
        control = remote;
    }

    /// @return where RTP goes, if that is known
    @Nullable InetSocketAddress remote() {
        return recent[0];
    }

    /// The peer does not want anything more, for now.
    void silence() {
        mayBeSent = false;
    }

    boolean knows(InetSocketAddress from) {
        for (int i = 0; i < MAX_RECENT; i++) {
            InetSocketAddress known = recent[i];
            if (from == known) {
                return true;
            }
            if (from.equals(known)) {
                recent[i] = from; // a port has one object for each peer: the next look is short
                return true;
            }
        }
        return false;
    }

    int preloadOpen() {
        return session == null ? 0 : session.preloadUnprotect();
    }

    int preloadSend() {
        InetSocketAddress remote = recent[0];
        return session == null || remote == null ? 0 : session.preloadProtect() + remote.getPort();
    }

    boolean ready() {
        return mayBeSent && (session != null || clear) && recent[0] != null;
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
        if (tap != null && ready()) {
            tap.sent(recent[0], false, bytes, 0, length);
        }
        int whole = !ready() ? 0 : keys == null ? length : keys.protectRtp(bytes, 0, length);
        if (whole > 0) {
            sendPlain(bytes, 0, whole, out);
        }
        return whole > 0;
    }

    boolean sendRtcp(byte[] bytes, int length, TransportOutput out) {
        SrtpSession keys = session;
        InetSocketAddress apart = control;
        if (tap != null && ready()) {
            tap.sent(apart == null ? recent[0] : apart, apart != null, bytes, 0, length);
        }
        int whole = !ready() ? 0 : keys == null ? length : keys.protectRtcp(bytes, 0, length);
        if (whole > 0 && apart != null) {
            out.sendControl(apart, bytes, 0, whole);
        } else if (whole > 0) {
            sendPlain(bytes, 0, whole, out);
        }
        return whole > 0;
    }

    /// Authenticates and decrypts in place.
    ///
    /// @return the new length, 0 when the packet is to be dropped (counted)
    int open(boolean rtcp, byte[] bytes, int offset, int length) {
        SrtpSession keys = session;
        if (clear) {
            return length;
        }
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
