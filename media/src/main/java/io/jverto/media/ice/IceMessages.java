package io.jverto.media.ice;

import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunKey;
import io.jverto.media.stun.StunTransaction;
import io.jverto.media.stun.StunWriter;
import java.net.InetSocketAddress;

/// Writes and sends what an agent says (RFC 8445 sections 7.2.2 and 7.3.1).
final class IceMessages {
    /// RFC 8445 section 7.1.1: the priority of a peer-reflexive candidate of ours: type 110, only address, component 1.
    private static final long PRIORITY = 110L << 24 | 65_535L << 8 | 255;

    private final StunWriter writer = new StunWriter();

    void request(IceCheck check, StunKey peerKey, long tieBreaker, IceOutput out) {
        writer.begin(StunClass.REQUEST, check.transaction())
                .username(check.pair().checklist.outgoingUsername())
                .priority(PRIORITY)
                .role(check.controlling(), tieBreaker);
        if (check.nominates()) {
            writer.useCandidate();
        }
        send(check.pair().remote, peerKey, out);
    }

    void success(StunTransaction transaction, InetSocketAddress to, StunKey key, IceOutput out) {
        writer.begin(StunClass.SUCCESS, transaction).mappedAddress(to);
        send(to, key, out);
    }

    void roleConflict(StunTransaction transaction, InetSocketAddress to, StunKey key, IceOutput out) {
        writer.begin(StunClass.ERROR, transaction).error(487, "Role Conflict");
        send(to, key, out);
    }

    /// RFC 8489 section 6.3.1.
    void unknownAttribute(StunTransaction transaction, int type, InetSocketAddress to, StunKey key, IceOutput out) {
        writer.begin(StunClass.ERROR, transaction).error(420, "Unknown Attribute").unknownAttribute(type);
        send(to, key, out);
    }

    private void send(InetSocketAddress to, StunKey key, IceOutput out) {
        int length = writer.finish(key);
        out.send(to, writer.bytes(), 0, length);
    }
}
