package io.jverto.bench;

import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpDecoder;
import io.jverto.wire.sdp.SdpDecoding;
import io.jverto.wire.sdp.SdpEncoder;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the description of a browser costs: reading it, looking attributes up as a negotiation does, writing one of its size.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SdpBench {
    private static final SdpText OFFER = new SdpText(
            """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            a=msid-semantic: WMS stream
            m=audio 52311 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 192.0.2.7
            a=rtcp:9 IN IP4 0.0.0.0
            a=candidate:1467250027 1 udp 2122260223 192.0.2.7 52311 typ host generation 0 network-id 1
            a=candidate:1853887674 1 udp 1518280447 198.51.100.9 52311 typ srflx raddr 192.0.2.7 rport 52311 generation 0
            a=ice-ufrag:Oyef
            a=ice-pwd:T0teqPLNQQOf+5W+ls+P2p16
            a=ice-options:trickle
            a=fingerprint:sha-256 49:66:12:17:0D:1C:91:AE:57:4C:C6:36:DD:D5:97:D2:7D:62:C9:9A:7F:B9:A3:F4:70:03:E7:43:91:73:23:5E
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=sendrecv
            a=msid:stream track
            a=rtcp-mux
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
            a=ssrc:3735928559 cname:Jh1Fj8KCmPGnP1gL
            """);

    private final SessionDescription description = decoded();

    @Benchmark
    public SdpDecoding decode() {
        return SdpDecoder.decode(OFFER);
    }

    @Benchmark
    public int lookUp() {
        MediaDescription audio = description.media().getFirst();
        return audio.attribute("ice-ufrag").hashCode()
                + audio.attribute("ice-pwd").hashCode()
                + audio.attribute("fingerprint").hashCode()
                + audio.attribute("setup").hashCode()
                + description.attribute("group").hashCode()
                + audio.direction().hashCode();
    }

    @Benchmark
    public SdpText encode() {
        return SdpEncoder.encode(description);
    }

    private static SessionDescription decoded() {
        return SdpDecoder.decode(OFFER) instanceof SdpDecoding.Decoded(SessionDescription read)
                ? read
                : new SessionDescription(List.of(), List.of());
    }
}
