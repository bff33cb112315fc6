package io.jverto.media.srtp;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.SrtpKeys;

/// Both directions of one SRTP session: every SSRC that we and the peer send, RTP and RTCP. Works in place.
/// All four methods return the new length, or one of the negative codes below, already counted.
@OwnedBy(Role.MEDIA_LOOP)
public final class SrtpSession {
    /// Bytes that protection may add behind a packet: the buffer needs this much room.
    public static final int MAX_GROWTH = 20;

    public static final int TOO_SHORT = -1;
    public static final int BAD_TAG = -2;
    public static final int REPLAYED = -3;
    public static final int SOURCE_REFUSED = -4;
    public static final int NO_ROOM = -5;
    public static final int INDEX_USED_UP = -6;

    /// @param ours our role in the handshake that made the keys
    public SrtpSession(SrtpKeys keys, DtlsRole ours, Counters<SrtpCounter> counters) {}

    public int protectRtp(byte[] bytes, int offset, int length) {
        throw new Broken("being written");
    }

    public int unprotectRtp(byte[] bytes, int offset, int length) {
        throw new Broken("being written");
    }

    public int protectRtcp(byte[] bytes, int offset, int length) {
        throw new Broken("being written");
    }

    public int unprotectRtcp(byte[] bytes, int offset, int length) {
        throw new Broken("being written");
    }
}
