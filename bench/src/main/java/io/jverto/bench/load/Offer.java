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
