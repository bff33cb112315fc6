package io.jverto.switchboard.negotiate;

import static io.jverto.switchboard.negotiate.Descriptions.answer;
import static io.jverto.switchboard.negotiate.Descriptions.lines;
import static io.jverto.switchboard.negotiate.Descriptions.offer;
import static io.jverto.switchboard.negotiate.Descriptions.plan;
import static io.jverto.switchboard.negotiate.Descriptions.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.wire.sdp.SdpText;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "a=ice-ufrag:.*, ice-ufrag",
        "a=ice-pwd:.*, ice-pwd",
        "a=fingerprint:.*, fingerprint"
    })
    void namesTheLineThatIsMissing(String pattern, String named) {
        assertThat(reason(answer(offer().replaceAll(pattern + "\r\n", "")))).contains(named);
    }

    @Test
    void refusesCredentialsOfImpossibleLength() {
        assertThat(reason(answer(offer().replace("ice-ufrag:abcd", "ice-ufrag:abc")))).contains("ice-ufrag");
        assertThat(reason(answer(offer().replace("ice-pwd:", "ice-pwd:" + "x".repeat(257))))).contains("ice-pwd");
        assertThat(reason(answer(offer().replace("ice-ufrag:abcd", "ice-ufrag:ab:cd")))).contains("ice-ufrag");
    }

    @Test
    void s22RefusesFingerprintsOfForbiddenHashes() {
        String md5 = offer().replaceAll("a=fingerprint.*", "a=fingerprint:md5 " + "AA:".repeat(15) + "AA");

        assertThat(reason(answer(md5))).contains("fingerprint");
    }

    @Test
    void s24RefusesPlainRtp() {
        assertThat(reason(answer(offer().replace("UDP/TLS/RTP/SAVPF", "RTP/AVP")))).contains("profile RTP/AVP");
    }

    @Test
    void refusesOffersWithoutACommonCodec() {
        assertThat(reason(answer(offer().replace(" 111 0 8 ", " 9 "))))
                .isEqualTo("the offer cannot be used: none of its audio codecs is one of opus,PCMU,PCMA");
    }

    @Test
    void refusesPicturesInNoCodecOfOursAndAudioThatIsSwitchedOff() {
        assertThat(reason(answer(offer().replace("m=audio", "m=video")))).contains("the offer has no sound", "none of its video codecs");
        assertThat(reason(answer(offer().replace("m=audio 9", "m=audio 0")))).contains("port 0");
        assertThat(reason(answer(lines("v=0", "s=-")))).contains("neither an audio nor a video line");
    }

    @Test
    void refusesWhatCannotBeReadAndNamesTheLine() {
        assertThat(reason(answer(offer() + "m=audio 99999 x y\r\n"))).startsWith("the offer cannot be read: line 14: ");
        assertThat(reason(answer("v=0\r\n" + "a=x\r\n".repeat(10_000)))).contains("attributes");
        assertThat(reason(answer(""))).contains("v=0");
    }

    @Test
    void refusesAHeldDtlsConnection() {
        assertThat(reason(answer(offer().replace("setup:actpass", "setup:holdconn")))).contains("holdconn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 1 udp 1 x.local 5000 typ host",
                "1 1 udp 1 example.org 5000 typ host",
                "1 1 udp 1 not-an-address 5000 typ host",
                "1 1 udp 1 300.1.1.1 5000 typ host",
                "1 1 udp 1 127.1 5000 typ host",
                "1 1 udp 1 2130706433 5000 typ host",
                "1 1 udp 1 0x7f.0.0.1 5000 typ host",
                "1 1 udp 1 0.0.0.0 5000 typ host",
                "1 1 udp 1 :: 5000 typ host",
                "1 1 udp 1 fe80::1%eth0 5000 typ host",
                "1 1 udp 1 fe80:::1 5000 typ host",
                "1 1 udp 1 224.0.0.1 5000 typ host",
                "1 1 udp 1 ff02::1 5000 typ host",
                "1 1 udp 1 255.255.255.255 5000 typ host",
                "1 1 udp 1 192.0.2.1 0 typ host",
                "1 1 udp 1 192.0.2.1 65536 typ host",
                "1 1 udp 1 192.0.2.1 -1 typ host",
                "1 2 udp 1 192.0.2.1 5000 typ host",
                "1 1 tcp 1 192.0.2.1 9 typ host tcptype active",
                "nonsense"
            })
    void s16LeavesOutCandidatesThatNobodyMaySendTo(String candidate) {
        assertThat(Descriptions.ice(plan(answer(offer("a=candidate:" + candidate)))).remoteCandidates()).isEmpty();
    }

    @Test
    void s16TakesPrivateAndLoopbackCandidatesButNotMoreThanThirtyTwo() {
        String[] many = IntStream.range(1, 60)
                .mapToObj(i -> "a=candidate:1 1 udp 1 10.0.0." + i + " 5000 typ host")
                .toArray(String[]::new);

        assertThat(Descriptions.ice(plan(answer(offer("a=candidate:1 1 UDP 1 127.0.0.1 5000 typ host")))).remoteCandidates())
                .hasSize(1);
        assertThat(Descriptions.ice(plan(answer(offer(many)))).remoteCandidates()).hasSize(32);
    }

    @Test
    void neverUsesPayloadTypesThatLookLikeRtcp() {
        String offer = offer("a=rtpmap:72 opus/48000/2").replace(" 111 0 8 ", " 72 999 x 8 ");

        assertThat(plan(answer(offer)).audio().payloadType()).isEqualTo(8);
    }

    @Test
    void isNotConfusedByAnMidThatWouldBreakTheGroupLine() {
        String offer = offer("a=mid:0 1").replace("t=0 0", "t=0 0\r\na=group:BUNDLE 0 1");

        assertThat(Descriptions.text(Negotiator.answer(new SdpText(offer), Descriptions.local(), Descriptions.terms())))
                .doesNotContain("a=mid")
                .doesNotContain("a=group");
    }
}
