package io.jverto.media.srtp;

import static io.jverto.media.srtp.SrtpKeyDerivation.RTCP_ENCRYPTION;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTCP_SALT;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTP_ENCRYPTION;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTP_SALT;

/// AEAD_AES_128_GCM (RFC 7714): the header is associated data, the tag follows the ciphertext, and in SRTCP the word with
/// E flag and index stands behind the tag and is associated data too.
final class GcmTransform implements SrtpTransform {
    static final int TAG = 16;
    private static final int KEY = 16;
    private static final int SALT = 12;
    private static final int E_FLAG = 0x8000_0000;

    private final GcmCipher rtp;
    private final GcmCipher rtcp;
    private final byte[] word = new byte[RTCP_WORD];

    GcmTransform(SrtpKeyDerivation keys) {
        this(
                new GcmCipher(keys.derive(RTP_ENCRYPTION, KEY), keys.derive(RTP_SALT, SALT)),
                new GcmCipher(keys.derive(RTCP_ENCRYPTION, KEY), keys.derive(RTCP_SALT, SALT)));
    }

    GcmTransform(GcmCipher rtp, GcmCipher rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    @Override
    public int tagLength() {
        return TAG;
    }

    @Override
    public int sealRtp(byte[] bytes, int offset, int header, int length, long index) {
        rtp.beginSeal(Bytes.getInt(bytes, offset + 8), index);
        rtp.associate(bytes, offset, header);
        rtp.seal(bytes, offset + header, length - header);
        return length + TAG;
    }

    @Override
    public int openRtp(byte[] bytes, int offset, int header, int length, long index) {
        rtp.beginOpen(Bytes.getInt(bytes, offset + 8), index);
        rtp.associate(bytes, offset, header);
        return rtp.open(bytes, offset + header, length - header) ? length - TAG : -1;
    }

    @Override
    public int sealRtcp(byte[] bytes, int offset, int length, int index) {
        Bytes.putInt(word, 0, index | E_FLAG);
        rtcp.beginSeal(Bytes.getInt(bytes, offset + 4), index);
        rtcp.associate(bytes, offset, RTCP_CLEAR);
        rtcp.associate(word, 0, RTCP_WORD);
        rtcp.seal(bytes, offset + RTCP_CLEAR, length - RTCP_CLEAR);
        System.arraycopy(word, 0, bytes, offset + length + TAG, RTCP_WORD);
        return length + TAG + RTCP_WORD;
    }

    @Override
    public int openRtcp(byte[] bytes, int offset, int length) {
        int sealed = length - RTCP_WORD;
        int eAndIndex = Bytes.getInt(bytes, offset + sealed);
        rtcp.beginOpen(Bytes.getInt(bytes, offset + 4), eAndIndex & ~E_FLAG);
        // RFC 7714 section 9.3: without encryption the whole packet is associated data, and the ciphertext is empty.
        int clear = (eAndIndex & E_FLAG) != 0 ? RTCP_CLEAR : sealed - TAG;
        rtcp.associate(bytes, offset, clear);
        rtcp.associate(bytes, offset + sealed, RTCP_WORD);
        return rtcp.open(bytes, offset + clear, sealed - clear) ? sealed - TAG : -1;
    }

    @Override
    public int rtcpWord(byte[] bytes, int offset, int length) {
        return Bytes.getInt(bytes, offset + length - RTCP_WORD);
    }
}
