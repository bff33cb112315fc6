package io.jverto.bench.load;

import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/// What a browser offers for a call with sound (verto-wire.md section 12.1), after it has gathered its candidates.
final class Offer {
    /// Opus, as in Chromium's offers.
    static final int OPUS = 111;
    static final int TELEPHONE_EVENT = 110;

    /// VP8 and what is sent again of it, as in Chromium's offers.
    static final int VP8 = 96;
    static final int RTX = 97;
    /// Header extension of video.
    static final int SEND_TIME = 2;

    private static final String VIDEO = """
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            c=IN IP4 0.0.0.0
            a=mid:1
            a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=%2$s
            a=rtcp-mux
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 goog-remb
            a=rtcp-fb:96 ccm fir
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 nack pli
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=ssrc:%1$d cname:load
            """;

    private static final String TEXT = """
            v=0
            o=- %1$d 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            a=msid-semantic: WMS load
            m=audio %2$d UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 %3$s
            a=rtcp:9 IN IP4 0.0.0.0
            a=candidate:3629390402 1 udp 2122194687 %3$s %2$d typ host generation 0 network-id 1
            a=ice-ufrag:%4$s
            a=ice-pwd:%5$s
            a=ice-options:trickle
            a=fingerprint:%6$s %7$s
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=sendrecv
            a=msid:load sound
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:111 opus/48000/2
            a=rtcp-fb:111 transport-cc
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:13 CN/8000
            a=rtpmap:110 telephone-event/48000
            a=rtpmap:126 telephone-event/8000
            a=ssrc:%8$d cname:load
            a=ssrc:%8$d msid:load sound
            """;

    private Offer() {}

    /// The same by one who takes two channels (RFC 7587 section 7).
    static String inStereo(String sound) {
        return sound.replace("useinbandfec=1", "useinbandfec=1;stereo=1");
    }

    /// The same with video beside the sound.
    ///
    /// @param direction of the video
    static String withVideo(String sound, int ssrc, String direction) {
        return sound.replace("BUNDLE 0\r", "BUNDLE 0 1\r")
                + VIDEO.formatted(Integer.toUnsignedLong(ssrc + 1), direction).replace("\n", "\r\n");
    }

    static String text(InetSocketAddress media, IceCredentials ice, Fingerprint fingerprint, int ssrc, RandomGenerator random) {
        return TEXT.formatted(
                        random.nextLong() >>> 1,
                        media.getPort(),
                        media.getAddress().getHostAddress(),
                        ice.ufrag(),
                        ice.password(),
                        fingerprint.hash(),
                        fingerprint.value(),
                        Integer.toUnsignedLong(ssrc))
                .replace("\n", "\r\n");
    }
}
