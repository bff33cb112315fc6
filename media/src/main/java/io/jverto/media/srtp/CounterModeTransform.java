package io.jverto.media.srtp;

import static io.jverto.media.srtp.SrtpKeyDerivation.RTCP_AUTHENTICATION;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTCP_ENCRYPTION;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTCP_SALT;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTP_AUTHENTICATION;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTP_ENCRYPTION;
import static io.jverto.media.srtp.SrtpKeyDerivation.RTP_SALT;

/// AES_CM_128_HMAC_SHA1_80 (RFC 3711 sections 4.1.1 and 4.2.1): encrypt, then authenticate ciphertext and index.
final class CounterModeTransform implements SrtpTransform {
    static final int TAG = 10;
    private static final int KEY = 16;
    private static final int SALT = 14;
    private static final int AUTHENTICATION_KEY = 20;
    /// RFC 3711 section 3.4: this SRTCP packet is encrypted.
    private static final int E_FLAG = 0x8000_0000;

    private final CounterModeStream rtpStream;
    private final SrtpTag rtpTag;
    private final CounterModeStream rtcpStream;
    private final SrtpTag rtcpTag;

    CounterModeTransform(SrtpKeyDerivation keys, SrtpShared shared) {
        rtpStream = new CounterModeStream(keys.derive(RTP_ENCRYPTION, KEY), keys.derive(RTP_SALT, SALT), shared);
        rtpTag = new SrtpTag(keys.derive(RTP_AUTHENTICATION, AUTHENTICATION_KEY), TAG, shared);
        rtcpStream = new CounterModeStream(keys.derive(RTCP_ENCRYPTION, KEY), keys.derive(RTCP_SALT, SALT), shared);
        rtcpTag = new SrtpTag(keys.derive(RTCP_AUTHENTICATION, AUTHENTICATION_KEY), TAG, shared);
    }

    @Override
    public int tagLength() {
        return TAG;
    }

    @Override
    public int sealRtp(byte[] bytes, int offset, int header, int length, long index) {
        rtpStream.apply(bytes, offset + header, length - header, Bytes.getInt(bytes, offset + 8), index);
        rtpTag.write(bytes, offset, length, (int) (index >>> 16));
        return length + TAG;
    }

    @Override
    public int openRtp(byte[] bytes, int offset, int header, int length, long index) {
        int plain = length - TAG;
        // RFC 3711 section 4.2: the rollover counter is authenticated but not sent.
        if (!rtpTag.matches(bytes, offset, plain, (int) (index >>> 16))) {
            return -1;
        }
        rtpStream.apply(bytes, offset + header, plain - header, Bytes.getInt(bytes, offset + 8), index);
        return plain;
    }

    @Override
    public int sealRtcp(byte[] bytes, int offset, int length, int index) {
        int ssrc = Bytes.getInt(bytes, offset + 4);
        rtcpStream.apply(bytes, offset + RTCP_CLEAR, length - RTCP_CLEAR, ssrc, index);
        Bytes.putInt(bytes, offset + length, index | E_FLAG);
        rtcpTag.write(bytes, offset, length + RTCP_WORD);
        return length + RTCP_WORD + TAG;
    }

    @Override
    public int openRtcp(byte[] bytes, int offset, int length) {
        int authenticated = length - TAG;
        if (!rtcpTag.matches(bytes, offset, authenticated)) {
            return -1;
        }
        int plain = authenticated - RTCP_WORD;
        int word = Bytes.getInt(bytes, offset + plain);
        if ((word & E_FLAG) != 0) {
            int ssrc = Bytes.getInt(bytes, offset + 4);
            rtcpStream.apply(bytes, offset + RTCP_CLEAR, plain - RTCP_CLEAR, ssrc, word & ~E_FLAG);
        }
        return plain;
    }

    @Override
    public int rtcpWord(byte[] bytes, int offset, int length) {
        return Bytes.getInt(bytes, offset + length - TAG - RTCP_WORD);
    }
}
