package io.jverto.media.srtp;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.SrtpKeys;

/// Both directions of one SRTP session: every SSRC that we and the peer send, RTP and RTCP, in place (RFC 3711, RFC 7714).
/// Owner: MEDIA_LOOP. All four methods return the new length, or one of the negative codes below, already counted.
/// A sent index is never used twice: whoever repeats a packet keeps its protected bytes.
@OwnedBy(Role.MEDIA_LOOP)
public final class SrtpSession {
    /// Bytes that protection may add behind a packet: the buffer needs this much room.
    public static final int MAX_GROWTH = GcmTransform.TAG + SrtpTransform.RTCP_WORD;

    public static final int MALFORMED = -1;
    public static final int BAD_TAG = -2;
    public static final int REPLAYED = -3;
    public static final int SOURCE_REFUSED = -4;
    public static final int NO_ROOM = -5;
    public static final int INDEX_USED = -6;

    private static final int RTP_HEADER = 12;
    /// RFC 3711 section 3.4: the SRTCP index has 31 bits and must not come round.
    private static final int MAX_RTCP_INDEX = Integer.MAX_VALUE;

    private final SrtpShared shared;
    private final SrtpTransform sending;
    private final SrtpTransform receiving;
    private final SrtpSources sent;
    private final SrtpSources received = new SrtpSources();

    /// @param ours our role in the handshake that made the keys
    public SrtpSession(SrtpKeys keys, DtlsRole ours, SrtpShared shared) {
        this.shared = shared;
        this.sent = new SrtpSources();
        this.sending = ours == DtlsRole.CLIENT ? SrtpTransform.ofClient(keys, shared) : SrtpTransform.ofServer(keys, shared);
        this.receiving = ours == DtlsRole.CLIENT ? SrtpTransform.ofServer(keys, shared) : SrtpTransform.ofClient(keys, shared);
    }

    /// The peer has new keys, and we have ours as before: what we send goes on.
    private SrtpSession(SrtpSession before, SrtpKeys keys) {
        this.shared = before.shared;
        this.sending = before.sending;
        this.sent = before.sent;
        this.receiving = SrtpTransform.ofServer(keys, shared);
    }

    /// @param keys with the client's as before; we are the client
    /// @return what takes the place of this session when the peer alone has new keys (RFC 4568 section 7.1.4)
    public SrtpSession withNewServer(SrtpKeys keys) {
        return new SrtpSession(this, keys);
    }

    /// Reads what the next [#unprotectRtp] is going to need.
    ///
    /// @return of no use but that it was read
    public int preloadUnprotect() {
        return receiving.tagLength() + received.preload();
    }

    /// Reads what the next [#protectRtp] is going to need.
    ///
    /// @return of no use but that it was read
    public int preloadProtect() {
        return sending.tagLength() + sent.preload();
    }

    /// @param bytes an RTP packet with at least [#MAX_GROWTH] free bytes behind it
    public int protectRtp(byte[] bytes, int offset, int length) {
        int header = rtpHeader(bytes, offset, length);
        if (header < 0 || length > SrtpTransform.MAX_PACKET - MAX_GROWTH) {
            return refuse(SrtpCounter.MALFORMED, MALFORMED);
        }
        if (bytes.length - offset - length < sending.tagLength()) {
            return refuse(SrtpCounter.NO_ROOM, NO_ROOM);
        }
        SrtpSource source = sent.find(Bytes.getInt(bytes, offset + 8));
        if (sent.isNew(source) && sent.isFull()) {
            return refuse(SrtpCounter.SOURCE_REFUSED, SOURCE_REFUSED);
        }
        long index = source.rtp.guess(Bytes.getShort(bytes, offset + 2));
        if (!source.rtp.accepts(index)) {
            return refuse(SrtpCounter.INDEX_USED, INDEX_USED);
        }
        source.rtp.record(index);
        sent.keep(source);
        return sending.sealRtp(bytes, offset, header, length, index);
    }

    /// @param bytes what came from the selected address and looks like RTP
    public int unprotectRtp(byte[] bytes, int offset, int length) {
        int header = rtpHeader(bytes, offset, length - receiving.tagLength());
        if (header < 0 || length > SrtpTransform.MAX_PACKET) {
            return refuse(SrtpCounter.MALFORMED, MALFORMED);
        }
        SrtpSource source = received.find(Bytes.getInt(bytes, offset + 8));
        long index = source.rtp.guess(Bytes.getShort(bytes, offset + 2));
        // RFC 3711 section 3.3: look for replays before any cryptography, so that a flood of them costs no AES.
        if (!source.rtp.accepts(index)) {
            return refuse(SrtpCounter.REPLAYED, REPLAYED);
        }
        int plain = receiving.openRtp(bytes, offset, header, length, index);
        if (plain < 0) {
            return refuse(SrtpCounter.BAD_TAG, BAD_TAG);
        }
        source.rtp.record(index);
        keepReceived(source);
        return plain;
    }

    /// @param bytes a compound RTCP packet with at least [#MAX_GROWTH] free bytes behind it
    public int protectRtcp(byte[] bytes, int offset, int length) {
        if (!looksLikeRtcp(bytes, offset, length) || length > SrtpTransform.MAX_PACKET - MAX_GROWTH) {
            return refuse(SrtpCounter.MALFORMED, MALFORMED);
        }
        if (bytes.length - offset - length < sending.tagLength() + SrtpTransform.RTCP_WORD) {
            return refuse(SrtpCounter.NO_ROOM, NO_ROOM);
        }
        SrtpSource source = sent.find(Bytes.getInt(bytes, offset + 4));
        if (sent.isNew(source) && sent.isFull()) {
            return refuse(SrtpCounter.SOURCE_REFUSED, SOURCE_REFUSED);
        }
        if (source.nextRtcpIndex == MAX_RTCP_INDEX) {
            return refuse(SrtpCounter.INDEX_USED, INDEX_USED);
        }
        sent.keep(source);
        return sending.sealRtcp(bytes, offset, length, source.nextRtcpIndex++);
    }

    /// @param bytes what came from the selected address and looks like RTCP
    public int unprotectRtcp(byte[] bytes, int offset, int length) {
        int overhead = receiving.tagLength() + SrtpTransform.RTCP_WORD;
        if (!looksLikeRtcp(bytes, offset, length - overhead) || length > SrtpTransform.MAX_PACKET) {
            return refuse(SrtpCounter.MALFORMED, MALFORMED);
        }
        SrtpSource source = received.find(Bytes.getInt(bytes, offset + 4));
        long index = receiving.rtcpWord(bytes, offset, length) & 0x7fff_ffffL;
        if (!source.rtcp.accepts(index)) {
            return refuse(SrtpCounter.REPLAYED, REPLAYED);
        }
        int plain = receiving.openRtcp(bytes, offset, length);
        if (plain < 0) {
            return refuse(SrtpCounter.BAD_TAG, BAD_TAG);
        }
        source.rtcp.record(index);
        keepReceived(source);
        return plain;
    }

    /// How many SSRCs each direction remembers at most.
    int sources() {
        return Math.max(sent.size(), received.size());
    }

    private void keepReceived(SrtpSource source) {
        if (received.keep(source)) {
            shared.counters.increment(SrtpCounter.SOURCE_EVICTED);
        }
    }

    private int refuse(SrtpCounter why, int code) {
        shared.counters.increment(why);
        return code;
    }

    /// @return length of the header with CSRCs and extension (RFC 3550 section 5.1), -1 when it is no RTP packet
    private static int rtpHeader(byte[] bytes, int offset, int length) {
        if (length < RTP_HEADER || (bytes[offset] & 0xc0) != 0x80) {
            return -1;
        }
        int header = RTP_HEADER + 4 * (bytes[offset] & 0x0f);
        if ((bytes[offset] & 0x10) != 0) {
            if (length < header + 4) {
                return -1;
            }
            header += 4 + 4 * Bytes.getShort(bytes, offset + header + 2);
        }
        return header <= length ? header : -1;
    }

    private static boolean looksLikeRtcp(byte[] bytes, int offset, int length) {
        return length >= SrtpTransform.RTCP_CLEAR && (bytes[offset] & 0xc0) == 0x80;
    }
}
