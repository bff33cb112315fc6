package io.jverto.switchboard.negotiate;

import static io.jverto.switchboard.negotiate.Descriptions.answer;
import static io.jverto.switchboard.negotiate.Descriptions.lines;
import static io.jverto.switchboard.negotiate.Descriptions.offer;
import static io.jverto.switchboard.negotiate.Descriptions.plan;
import static io.jverto.switchboard.negotiate.Descriptions.recorded;
import static io.jverto.switchboard.negotiate.Descriptions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.wire.sdp.SdpText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    private static final String SESSION = lines(
            "v=0",
            "o=jverto 1788160000 1788160001 IN IP4 203.0.113.10",
            "s=jverto",
            "c=IN IP4 203.0.113.10",
            "t=0 0");
    private static final String STREAM = lines("a=msid-semantic: WMS k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce");
    private static final String ICE_AND_SOURCE = lines(
            "a=rtcp-mux",
            "a=rtcp:16384 IN IP4 203.0.113.10",
            "a=ice-ufrag:Qm3vX8tY1pLw7ZrA",
            "a=ice-pwd:b7Kd0sNfJ2yHgR5cVxE9uTqW",
            "a=candidate:4821950376 1 udp 2130706431 203.0.113.10 16384 typ host generation 0",
            "a=end-of-candidates",
            "a=ssrc:3091827465 cname:w8GfT2yQkP5nZcXb",
            "a=ssrc:3091827465 msid:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce a0",
            "a=ssrc:3091827465 mslabel:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce",
            "a=ssrc:3091827465 label:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Cea0");

    private static String audio(String mid, String... payloadLines) {
        return lines(payloadLines)
                + lines(
                        "a=silenceSupp:off - - - -",
                        "a=ptime:20",
                        "a=sendrecv",
                        "a=fingerprint:sha-256 " + Descriptions.OUR_HASH,
                        "a=setup:active")
                + (mid.isEmpty() ? "" : lines("a=mid:" + mid, "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level"))
                + ICE_AND_SOURCE;
    }

    @Test
    void answersChromiumsAudioOfferLineByLine() {
        Negotiation negotiation = answer(recorded("chromium-audio.sdp"));

        assertThat(text(negotiation)).isEqualTo(SESSION + lines("a=group:BUNDLE 0") + STREAM
                + audio(
                        "0",
                        "m=audio 16384 UDP/TLS/RTP/SAVPF 111 110",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 useinbandfec=1; minptime=10",
                        "a=rtpmap:110 telephone-event/48000"));
        assertThat(plan(negotiation).audio()).isEqualTo(new AudioPlan(
                AudioCodec.OPUS, 111, 1, 1, 20, OpusSettings.DEFAULT, 110, 48_000, true, true, 1, -1));
        assertThat(Descriptions.ice(plan(negotiation)).remoteIce())
                .isEqualTo(new IceCredentials("hou1", "lGFxj6FHSHkqMqksQsHdhphi"));
        assertThat(Descriptions.ice(plan(negotiation)).remoteCandidates().toString())
                .isEqualTo("[/192.0.2.2:44492, /[fd00:0:0:0:0:0:0:2]:46342]");
        assertThat(Descriptions.ice(plan(negotiation)).controlling()).isFalse();
        assertThat(Descriptions.ice(plan(negotiation)).dtlsRole()).isEqualTo(DtlsRole.CLIENT);
        assertThat(Descriptions.ice(plan(negotiation)).remoteFingerprint().value()).startsWith("B7:32:43").hasSize(95);
    }

    @Test
    void refusesTheVideoLineThatSignalWireAlwaysSendsWhereTheListHasNoVideo() {
        assertThat(text(answer(recorded("signalwire-audio-video.sdp")))).isEqualTo(SESSION
                + lines("a=group:BUNDLE 0") + STREAM
                + audio(
                        "0",
                        "m=audio 16384 UDP/TLS/RTP/SAVPF 111 110",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 useinbandfec=1; minptime=10",
                        "a=rtpmap:110 telephone-event/48000")
                + lines("m=video 0 UDP/TLS/RTP/SAVPF 96", "a=mid:1"));
    }

    @Test
    void answersFirefoxWithStereo() {
        Negotiation negotiation = answer(recorded("firefox-audio-video.sdp"));

        assertThat(text(negotiation)).isEqualTo(SESSION + lines("a=group:BUNDLE 0") + STREAM
                + audio(
                        "0",
                        "m=audio 16384 UDP/TLS/RTP/SAVPF 109 101",
                        "a=rtpmap:109 opus/48000/2",
                        "a=fmtp:109 useinbandfec=1; stereo=1; sprop-stereo=1",
                        "a=rtpmap:101 telephone-event/8000")
                + lines("m=video 0 UDP/TLS/RTP/SAVPF 120", "a=mid:1"));
        assertThat(plan(negotiation).audio().sendChannels()).isEqualTo(2);
        assertThat(plan(negotiation).audio().receiveChannels()).isEqualTo(2);
        assertThat(plan(negotiation).audio().telephoneEventClock()).isEqualTo(8_000);
        assertThat(Descriptions.ice(plan(negotiation)).remoteFingerprint().value()).startsWith("0A:1B");
        assertThat(Descriptions.ice(plan(negotiation)).remoteCandidates().toString()).isEqualTo("[/198.51.100.7:54609]");
    }

    @Test
    void writesNeitherGroupNorMidThatWasNotOffered() {
        String answer = text(answer(offer()));

        assertThat(answer).isEqualTo(SESSION + STREAM
                + audio(
                        "",
                        "m=audio 16384 UDP/TLS/RTP/SAVPF 111 110",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 useinbandfec=1",
                        "a=rtpmap:110 telephone-event/48000"));
    }

    @Test
    void doesNotBundleAnAudioLineThatIsInNoBundle() {
        String offer = offer("a=mid:0").replace("t=0 0", "t=0 0\r\na=group:BUNDLE 1 2");

        assertThat(text(answer(offer))).doesNotContain("a=group").contains("a=mid:0\r\n");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "14,14", "7/sendrecv,7", "7/sendonly,7", "7/recvonly,0", "7/inactive,0", "0,0", "15,0", "256,0", "99999999999,0", "x,0"})
    void takesTheLevelsOfPacketsUnderTheNumberOfTheOffer(String offered, int id) {
        Negotiation negotiation = answer(offer("a=extmap:" + offered + " urn:ietf:params:rtp-hdrext:ssrc-audio-level vad=on"));

        assertThat(plan(negotiation).audio().audioLevelExtension()).isEqualTo(id);
        assertThat(text(negotiation).contains("a=extmap:" + id + " urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n")).isEqualTo(id > 0);
    }

    @Test
    void takesNoLevelsThatItWouldNotLookAt() {
        String offer = offer("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level").replace(" 111 0 8 110 126", " 0");

        assertThat(text(answer(offer))).doesNotContain("extmap");
        assertThat(text(answer(offer("a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid")))).doesNotContain("extmap");
    }

    @Test
    void mirrorsTheOldProfile() {
        assertThat(text(answer(offer().replace("UDP/TLS/RTP/SAVPF", "RTP/SAVPF"))))
                .contains("m=audio 16384 RTP/SAVPF 111 110\r\n");
    }

    @ParameterizedTest
    @CsvSource({"sendrecv,sendrecv,true,true", "sendonly,recvonly,false,true", "recvonly,sendonly,true,false",
        "inactive,inactive,false,false"})
    void mirrorsDirections(String offered, String answered, boolean sending, boolean receiving) {
        Negotiation negotiation = answer(offer("a=" + offered));

        assertThat(text(negotiation)).contains("a=" + answered + "\r\n");
        assertThat(plan(negotiation).audio().sending()).isEqualTo(sending);
        assertThat(plan(negotiation).audio().receiving()).isEqualTo(receiving);
    }

    @Test
    void takesTheSessionsDirectionAndNeverAnAddressOfZeroForHold() {
        String offer = offer().replace("t=0 0", "c=IN IP4 0.0.0.0\r\nt=0 0\r\na=sendonly");

        assertThat(text(answer(offer))).contains("a=recvonly\r\n");
        assertThat(text(answer(offer.replace("a=sendonly\r\n", "")))).contains("a=sendrecv\r\n");
    }

    @Test
    void isDtlsServerOnlyIfTheOfferWantsTheOtherPart() {
        Negotiation negotiation = answer(offer().replace("a=setup:actpass", "a=setup:active"));

        assertThat(text(negotiation)).contains("a=setup:passive\r\n");
        assertThat(Descriptions.ice(plan(negotiation)).dtlsRole()).isEqualTo(DtlsRole.SERVER);
        assertThat(text(answer(offer().replace("a=setup:actpass", "a=setup:passive")))).contains("a=setup:active\r\n");
        assertThat(text(answer(offer().replace("a=setup:actpass\r\n", "")))).contains("a=setup:active\r\n");
    }

    @Test
    void controlsIceWhenThePeerIsLite() {
        String offer = offer().replace("t=0 0", "t=0 0\r\na=ice-lite");

        assertThat(Descriptions.ice(plan(answer(offer))).controlling()).isTrue();
    }

    @Test
    void answersG711WhereThereIsNoOpus() {
        Negotiation negotiation = answer(offer().replace(" 111 0 8 ", " 0 8 "));

        assertThat(text(negotiation)).contains(lines(
                "m=audio 16384 UDP/TLS/RTP/SAVPF 0 126",
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:126 telephone-event/8000",
                "a=silenceSupp:off - - - -"));
        assertThat(plan(negotiation).audio())
                .isEqualTo(new AudioPlan(
                        AudioCodec.PCMU, 0, 1, 1, 20, OpusSettings.DEFAULT, 126, 8_000, true, true));
    }

    @ParameterizedTest
    @CsvSource({"a=rtpmap:9 G722/8000", "a=sendrecv"})
    void answersG722WithOrWithoutItsName(String named) {
        SdpText offer = new SdpText(offer(named).replace(" 111 0 8 ", " 9 0 8 "));
        Negotiation negotiation = Negotiator.answer(offer, Descriptions.local(), Terms.generous("opus,g722,pcmu", 1));

        assertThat(text(negotiation)).contains(lines(
                "m=audio 16384 UDP/TLS/RTP/SAVPF 9 126",
                "a=rtpmap:9 G722/8000",
                "a=rtpmap:126 telephone-event/8000",
                "a=silenceSupp:off - - - -"));
        assertThat(plan(negotiation).audio())
                .isEqualTo(new AudioPlan(
                        AudioCodec.G722, 9, 1, 1, 20, OpusSettings.DEFAULT, 126, 8_000, true, true));
    }

    @Test
    void answersNoTelephoneEventThatWasNotOffered() {
        Negotiation negotiation = answer(offer().replace(" 110 126", ""));

        assertThat(text(negotiation)).contains("SAVPF 111\r\n").doesNotContain("telephone-event");
        assertThat(plan(negotiation).audio().telephoneEventPayloadType()).isEqualTo(-1);
    }

    @Test
    void followsThePeersOrderAndOursWhenGreedy() {
        String offer = offer().replace(" 111 0 8 ", " 8 0 111 ");
        Terms greedy = new Terms(CodecPreferences.decode("opus,pcmu"), Terms.Mode.GREEDY, 1);

        assertThat(plan(answer(offer)).audio().codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(plan(Negotiator.answer(new SdpText(offer), Descriptions.local(), greedy)).audio().codec())
                .isEqualTo(AudioCodec.OPUS);
    }

    @Test
    void honoursWhatThePeersOpusWants() {
        Negotiation negotiation = answer(
                offer("a=fmtp:111 minptime=10; maxaveragebitrate=24000; maxplaybackrate=16000; cbr=1; usedtx=1; odd"));

        assertThat(plan(negotiation).audio().opus()).isEqualTo(new OpusSettings(false, true, true, 24_000, 16_000));
        assertThat(text(negotiation))
                .contains("a=fmtp:111 useinbandfec=1; maxaveragebitrate=24000; minptime=10\r\n");
    }

    @Test
    void ignoresImpossibleWishes() {
        MediaPlan plan = plan(answer(offer("a=fmtp:111 maxaveragebitrate=99999999999;maxplaybackrate=44100;stereo=2")));

        assertThat(plan.audio().opus()).isEqualTo(new OpusSettings(false, false, false, 0, 48_000));
        assertThat(plan.audio().sendChannels()).isEqualTo(1);
    }

    @Test
    void staysMonoWhereTheCodecStringSaysSo() {
        Terms mono = Terms.generous("opus@48000h@1c@32000b", 1);
        Negotiation negotiation = Negotiator.answer(
                new SdpText(offer("a=fmtp:111 stereo=1;maxaveragebitrate=64000")), Descriptions.local(), mono);

        assertThat(text(negotiation)).doesNotContain("stereo").contains("maxaveragebitrate=32000");
        assertThat(plan(negotiation).audio().sendChannels()).isEqualTo(1);
        assertThat(plan(negotiation).audio().opus().maxAverageBitrate()).isEqualTo(32_000);
    }

    @Test
    void keepsTheOffersOrderOfLinesAndRefusesDataChannels() {
        String video = lines("m=video 9 UDP/TLS/RTP/SAVPF 96", "a=mid:v");
        String data = lines("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d");
        String offer = offer().replace("m=audio", video + data + "m=audio");

        String answer = text(answer(offer));

        assertThat(answer.substring(answer.indexOf("m=")))
                .startsWith(lines("m=video 0 UDP/TLS/RTP/SAVPF 96", "a=mid:v",
                        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d") + "m=audio 16384 ");
    }

    @Test
    void takesTheTransportOfTheBundlesFirstLineForBundleOnlyAudio() {
        String offer = lines(
                "v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE v a",
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "a=mid:v",
                "a=ice-ufrag:abcd",
                "a=ice-pwd:abcdefghijklmnopqrstuv",
                "a=fingerprint:sha-256 " + Descriptions.THEIR_HASH,
                "a=setup:actpass",
                "a=rtcp-mux",
                "a=candidate:1 1 udp 1 192.0.2.9 1000 typ host",
                "m=audio 0 UDP/TLS/RTP/SAVPF 0",
                "a=mid:a",
                "a=bundle-only");

        Negotiation negotiation = answer(offer);

        assertThat(Descriptions.ice(plan(negotiation)).remoteIce().ufrag()).isEqualTo("abcd");
        assertThat(Descriptions.ice(plan(negotiation)).remoteCandidates()).hasSize(1);
        assertThat(text(negotiation)).contains("a=group:BUNDLE a\r\n");
    }

    @Test
    void acceptsOneAudioLineOnly() {
        String second = lines("m=audio 9 UDP/TLS/RTP/SAVPF 0", "a=mid:2");

        assertThat(text(answer(offer() + second))).endsWith(lines("m=audio 0 UDP/TLS/RTP/SAVPF 0", "a=mid:2"));
    }

    @Test
    void prefersSha256AndMirrorsItsOwn() {
        String sha1 = "a=fingerprint:sha-1 " + "02:".repeat(19) + "03\r\n";
        MediaPlan both = plan(answer(offer().replace("a=fingerprint", sha1 + "a=fingerprint")));
        MediaPlan weak = plan(answer(offer().replaceAll("a=fingerprint:sha-256.*\r\n", sha1)));

        assertThat(Descriptions.ice(both).remoteFingerprint()).isEqualTo(new Fingerprint("sha-256", Descriptions.THEIR_HASH));
        assertThat(Descriptions.ice(weak).remoteFingerprint().hash()).isEqualTo("sha-1");
    }

    @ParameterizedTest
    @CsvSource({"actpass,CLIENT,active", "actpass,SERVER,passive", "active,CLIENT,passive", "passive,SERVER,active"})
    void keepsItsDtlsRoleInALaterAnswerUnlessTheOfferSaysOtherwise(String offered, DtlsRole before, String answered) {
        SdpText offer = new SdpText(offer().replace("setup:actpass", "setup:" + offered));

        Negotiation negotiation = Negotiator.answer(offer, Descriptions.local(), Descriptions.terms(), before);

        assertThat(text(negotiation)).contains("a=setup:" + answered + "\r\n");
        assertThat(Descriptions.ice(plan(negotiation)).dtlsRole())
                .isEqualTo(answered.equals("active") ? DtlsRole.CLIENT : DtlsRole.SERVER);
    }

    @Test
    void writesIpv6Addresses() {
        Negotiation negotiation =
                Negotiator.answer(new SdpText(offer()), Descriptions.local("2001:db8::10"), Descriptions.terms());

        assertThat(text(negotiation))
                .contains("c=IN IP6 2001:db8:0:0:0:0:0:10\r\n")
                .contains(" udp 2130706431 2001:db8:0:0:0:0:0:10 16384 typ host");
    }

    @Test
    void takesAnOfferWithoutRtcpMuxAsIfItHadIt() {
        assertThat(text(answer(offer().replace("a=rtcp-mux\r\n", "")))).contains("a=rtcp-mux\r\n");
    }

    @Test
    void readsOffersOfClientsThatLoseLinesAndAddEmptyOnes() {
        String damaged = "\n" + offer().replace("\r\n", "\n\n\n").replaceAll("a=rtpmap:.*\n+", "").stripTrailing();

        assertThat(plan(answer(damaged)).audio().codec()).isEqualTo(AudioCodec.PCMU);
    }
}
