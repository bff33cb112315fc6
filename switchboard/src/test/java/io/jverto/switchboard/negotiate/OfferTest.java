package io.jverto.switchboard.negotiate;

import static io.jverto.switchboard.negotiate.Descriptions.lines;
import static io.jverto.switchboard.negotiate.Descriptions.local;
import static io.jverto.switchboard.negotiate.Descriptions.plan;
import static io.jverto.switchboard.negotiate.Descriptions.reason;
import static io.jverto.switchboard.negotiate.Descriptions.recorded;
import static io.jverto.switchboard.negotiate.Descriptions.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.OpusSettings;
import io.jverto.wire.sdp.SdpText;
import org.junit.jupiter.api.Test;

class OfferTest {
    private static final String SESSION = lines(
            "v=0",
            "o=jverto 1788160000 1788160001 IN IP4 203.0.113.10",
            "s=jverto",
            "c=IN IP4 203.0.113.10",
            "t=0 0",
            "a=msid-semantic: WMS k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce");
    private static final String DTLS = lines(
            "a=fingerprint:sha-256 " + Descriptions.OUR_HASH,
            "a=setup:actpass",
            "a=rtcp-mux",
            "a=rtcp:16384 IN IP4 203.0.113.10");
    private static final String ICE = lines("a=ice-ufrag:Qm3vX8tY1pLw7ZrA", "a=ice-pwd:b7Kd0sNfJ2yHgR5cVxE9uTqW");
    private static final String SOURCE = lines(
            "a=ssrc:3091827465 cname:w8GfT2yQkP5nZcXb",
            "a=ssrc:3091827465 msid:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce a0",
            "a=ssrc:3091827465 mslabel:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce",
            "a=ssrc:3091827465 label:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Cea0");

    private final SdpText offer = Negotiator.offer(local(), terms());

    @Test
    void offersAsTheReferenceServerDoesLineByLine() {
        assertThat(offer.value()).isEqualTo(SESSION
                + lines(
                        "m=audio 16384 UDP/TLS/RTP/SAVPF 102 0 8 101 103",
                        "a=rtpmap:102 opus/48000/2",
                        "a=fmtp:102 useinbandfec=1; maxaveragebitrate=30000; maxplaybackrate=48000; ptime=20;"
                                + " minptime=10; maxptime=40; stereo=1",
                        "a=rtpmap:0 PCMU/8000",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:101 telephone-event/8000",
                        "a=rtpmap:103 telephone-event/48000")
                + DTLS + SOURCE + ICE
                + lines(
                        "a=candidate:4821950376 1 udp 2130706431 203.0.113.10 16384 typ host generation 0",
                        "a=candidate:4821950376 2 udp 2130706431 203.0.113.10 16384 typ host generation 0",
                        "a=silenceSupp:off - - - -",
                        "a=ptime:20",
                        "a=sendrecv",
                        "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level"));
    }

    @Test
    void namesItsPortByTcpTooWherePeersCanConnectToIt() {
        String passive = "a=candidate:48219503761 1 tcp 1520435199 203.0.113.10 16384 typ host tcptype passive generation 0";

        assertThat(Negotiator.offer(local().withTcp(), terms()).value()).isEqualTo(offer.value().replace("a=silenceSupp", lines(passive) + "a=silenceSupp"));
        assertThat(((Negotiation.Agreed) Negotiator.answer(offer, local().withTcp(), terms())).local().value())
                .contains(lines(passive, "a=end-of-candidates"));
        assertThat(((Negotiation.Agreed) Negotiator.answer(offer, local(), terms())).local().value()).doesNotContain("tcptype");
    }

    @Test
    void offersG722WithTheClockOfItsRfc() {
        String wide = Negotiator.offer(local(), Terms.generous("g722@16000h,pcma", 1)).value();

        assertThat(wide).contains(lines(
                "m=audio 16384 UDP/TLS/RTP/SAVPF 9 8 101",
                "a=rtpmap:9 G722/8000",
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:101 telephone-event/8000",
                "a=fingerprint:sha-256 " + Descriptions.OUR_HASH));
        assertThat(wide).doesNotContain("extmap");
    }

    @Test
    void saysStereoOnlyWhereItIsMeantAndVideoNever() {
        String mono = Negotiator.offer(local(), Terms.generous("opus@1c,vp8", 1)).value();

        assertThat(mono).doesNotContain("stereo").doesNotContain("m=video").contains("SAVPF 102 101\r\n");
        assertThat(mono).contains("a=rtpmap:101 telephone-event/48000\r\n");
    }

    @Test
    void offersACallAgainWithItsOneCodecAndNumbers() {
        AudioPlan agreed = new AudioPlan(
                AudioCodec.OPUS, 111, 2, 2, 20, OpusSettings.DEFAULT, 110, 48_000, true, true, 4, -1);

        assertThat(Negotiator.reoffer(local(), Descriptions.with(agreed), 1_788_160_000).value()).isEqualTo(SESSION
                + lines(
                        "m=audio 16384 UDP/TLS/RTP/SAVPF 111 110",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 useinbandfec=1; minptime=10; stereo=1; sprop-stereo=1",
                        "a=rtpmap:110 telephone-event/48000",
                        "a=silenceSupp:off - - - -",
                        "a=ptime:20",
                        "a=sendrecv")
                + DTLS + ICE
                + lines(
                        "a=candidate:4821950376 1 udp 2130706431 203.0.113.10 16384 typ host generation 0",
                        "a=candidate:4821950376 2 udp 2130706430 203.0.113.10 16384 typ host generation 0",
                        "a=end-of-candidates")
                + SOURCE + lines("a=extmap:4 urn:ietf:params:rtp-hdrext:ssrc-audio-level"));
    }

    @Test
    void reoffersPlainCallsWithoutEventsAndOnHold() {
        AudioPlan agreed = new AudioPlan(
                AudioCodec.PCMA, 8, 1, 1, 20, OpusSettings.DEFAULT, -1, 8_000, true, false);

        assertThat(Negotiator.reoffer(local(), Descriptions.with(agreed), 1).value())
                .contains("SAVPF 8\r\na=rtpmap:8 PCMA/8000\r\na=silenceSupp")
                .contains("a=sendonly\r\n");
    }

    @Test
    void acceptsChromiumsAnswer() {
        Negotiation negotiation = Negotiator.accept(offer, new SdpText(recorded("chromium-answer.sdp")));

        assertThat(plan(negotiation).audio()).isEqualTo(new AudioPlan(
                AudioCodec.OPUS, 102, 1, 2, 20, OpusSettings.DEFAULT, -1, 48_000, true, true));
        assertThat(Descriptions.ice(plan(negotiation)).controlling()).isTrue();
        assertThat(Descriptions.ice(plan(negotiation)).dtlsRole()).isEqualTo(DtlsRole.SERVER);
        assertThat(Descriptions.ice(plan(negotiation)).remoteCandidates()).hasSize(2);
        assertThat(Descriptions.text(negotiation)).isEqualTo(offer.value());
    }

    @Test
    void acceptsStereoAndTheEventOfTheCodecsClock() {
        String answer = Descriptions.offer("a=rtpmap:103 telephone-event/48000", "a=rtpmap:102 opus/48000/2",
                        "a=fmtp:102 minptime=10; useinbandfec=1; stereo=1; sprop-stereo=1")
                .replace(" 111 0 8 110 126", " 102 101 103")
                .replace("actpass", "passive");

        Negotiation negotiation = Negotiator.accept(offer, new SdpText(answer));

        assertThat(plan(negotiation).audio()).isEqualTo(new AudioPlan(
                AudioCodec.OPUS, 102, 2, 2, 20, OpusSettings.DEFAULT, 103, 48_000, true, true));
        assertThat(Descriptions.ice(plan(negotiation)).dtlsRole()).isEqualTo(DtlsRole.CLIENT);
    }

    @Test
    void infersNamesThatTheAnswerLost() {
        String answer = Descriptions.offer().replace(" 111 0 8 110 126", " 102").replaceAll("a=rtpmap:.*\r\n", "");

        assertThat(plan(Negotiator.accept(offer, new SdpText(answer))).audio().codec()).isEqualTo(AudioCodec.OPUS);
    }

    @Test
    void takesAnAnswerThatLostItsRtcpMux() {
        String answer = Descriptions.offer().replace("a=rtcp-mux\r\n", "").replace(" 111 0 8 110 126", " 102").replaceAll("a=rtpmap:.*\r\n", "");

        assertThat(plan(Negotiator.accept(offer, new SdpText(answer))).audio().codec()).isEqualTo(AudioCodec.OPUS);
    }

    @Test
    void refusesAnswersWithoutAudioOrWithCodecsThatWereNotOffered() {
        String answer = Descriptions.offer();

        assertThat(reason(accept(answer.replace("m=audio 9", "m=audio 0")))).isEqualTo("the answer refuses audio");
        assertThat(reason(accept("v=0\r\n"))).isEqualTo("the answer refuses audio");
        assertThat(reason(accept(answer.replace(" 111 0 8 110 126", " 111")))).contains("none of its audio codecs");
        assertThat(reason(accept("rubbish"))).contains("cannot be read");
    }

    @Test
    void acceptsTheAnswerToItsOwnReoffer() {
        AudioPlan agreed = new AudioPlan(
                AudioCodec.OPUS, 111, 1, 1, 20, OpusSettings.DEFAULT, 110, 48_000, true, true, 1, -1);
        SdpText again = Negotiator.reoffer(local(), Descriptions.with(agreed), 1);

        Negotiation answer = Descriptions.answer(again.value());
        Negotiation negotiation = Negotiator.accept(again, new SdpText(Descriptions.text(answer)));

        assertThat(plan(negotiation).audio()).isEqualTo(agreed);
    }

    private Negotiation accept(String answer) {
        return Negotiator.accept(offer, new SdpText(answer));
    }
}
