package io.jverto.switchboard.edge;

import io.jverto.wire.sdp.SdpText;

/// Session descriptions as browsers write them, cut down to what matters.
public final class TestSdp {
    public static final SdpText OPUS = of("111 0 126", "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n"
            + "a=rtpmap:126 telephone-event/48000\r\n");
    public static final SdpText PCMU = of("0", "");
    public static final SdpText UNUSABLE = of("97", "a=rtpmap:97 iLBC/8000\r\n");
    /// Answers to our offer: Opus is 102 there, telephone-event 101 for 8000 Hz and 103 for 48000 Hz.
    public static final SdpText ANSWER_OPUS = of("102 103", "a=rtpmap:102 opus/48000/2\r\na=rtpmap:103 telephone-event/48000\r\n");
    public static final SdpText ANSWER_NO_EVENTS = of("102", "a=rtpmap:102 opus/48000/2\r\n");

    private TestSdp() {}

    private static SdpText of(String payloads, String lines) {
        return new SdpText("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
                + "m=audio 9 UDP/TLS/RTP/SAVPF " + payloads + "\r\nc=IN IP4 0.0.0.0\r\n" + lines
                + "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"
                + "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB\r\na=setup:active\r\na=rtcp-mux\r\na=sendrecv\r\n"
                + "a=candidate:1 1 udp 2116026367 192.0.2.2 57433 typ host\r\n");
    }
}
