package io.jverto.media.srtp;

import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;

/// Encryption and authentication of one direction, in place, without any notion of replay or rollover.
/// A packet is `bytes[offset .. offset + length)`; there is room for the tag behind it. An index is 48 bits in RTP, 31 in RTCP.
sealed interface SrtpTransform permits CounterModeTransform, GcmTransform {
    /// Sealed packets must fit into the working arrays; no datagram of a call is longer.
    int MAX_PACKET = 2048;
    /// The part of an RTCP packet that stays readable: first header and SSRC.
    int RTCP_CLEAR = 8;
    /// E flag and SRTCP index.
    int RTCP_WORD = 4;

    static SrtpTransform of(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, SrtpShared shared) {
        SrtpKeyDerivation keys = new SrtpKeyDerivation(masterKey, masterSalt);
        return switch (profile) {
            case AEAD_AES_128_GCM -> new GcmTransform(keys);
            case AES128_CM_HMAC_SHA1_80 -> new CounterModeTransform(keys, shared);
        };
    }

    static SrtpTransform ofClient(SrtpKeys keys, SrtpShared shared) {
        return of(keys.profile(), keys.clientKey(), keys.clientSalt(), shared);
    }

    static SrtpTransform ofServer(SrtpKeys keys, SrtpShared shared) {
        return of(keys.profile(), keys.serverKey(), keys.serverSalt(), shared);
    }

    int tagLength();

    /// @param header length of the RTP header with its extensions
    /// @return the new length
    int sealRtp(byte[] bytes, int offset, int header, int length, long index);

    /// @return the new length, or -1 when the packet is not authentic (its payload may then be garbage)
    int openRtp(byte[] bytes, int offset, int header, int length, long index);

    /// @return the new length
    int sealRtcp(byte[] bytes, int offset, int length, int index);

    /// @return the new length, or -1 when the packet is not authentic
    int openRtcp(byte[] bytes, int offset, int length);

    /// The E flag and index that stand in a sealed RTCP packet.
    int rtcpWord(byte[] bytes, int offset, int length);
}
