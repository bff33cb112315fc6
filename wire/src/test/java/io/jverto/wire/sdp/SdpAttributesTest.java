package io.jverto.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpAttributesTest {
    private static final String SHA_1 = "AA:".repeat(19) + "0f";

    @Test
    void readsRtpMaps() {
        assertThat(RtpMap.decode("111 opus/48000/2")).contains(new RtpMap(111, "opus", 48_000, 2));
        assertThat(RtpMap.decode("0 PCMU/8000")).contains(new RtpMap(0, "PCMU", 8_000, 1));
        assertThat(new RtpMap(0, "PCMU", 8_000, 1).encode()).isEqualTo("0 PCMU/8000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "111", "128 opus/48000", "-1 a/1", "1 a",
        "1 a/0", "1 a/9999999999999999999", "1 a/1/2/3", "1 /8000"})
    void refusesOtherRtpMaps(String value) {
        assertThat(RtpMap.decode(value)).isEmpty();
    }

    @Test
    void readsFormatParametersInAnyShape() {
        Fmtp fmtp = Fmtp.decode("111 minptime=10;useinbandfec=1 ; STEREO=1;;odd; =x;stereo=0").orElseThrow();

        assertThat(fmtp.parameters())
                .isEqualTo(Map.of("minptime", "10", "useinbandfec", "1", "stereo", "1", "odd", ""));
        assertThat(fmtp.isOne("stereo")).isTrue();
        assertThat(fmtp.number("minptime")).contains(10);
        assertThat(fmtp.number("odd")).isEmpty();
        assertThat(fmtp.encode()).isEqualTo("111 minptime=10; useinbandfec=1; stereo=1; odd");
    }

    @Test
    void readsNoMoreParametersThanAnyCodecHas() {
        StringBuilder text = new StringBuilder("111 ");
        for (int i = 0; i < 200; i++) {
            text.append('k').append(i).append("=1;");
        }

        assertThat(Fmtp.decode(text.toString()).orElseThrow().parameters()).hasSize(32);
    }

    @Test
    void readsCandidatesThatComeByThemselves() {
        String text = "candidate:3 1 udp 2122194687 192.0.2.2 44285 typ host generation 0 ufrag hou1 network-id 1";
        Candidate candidate = new Candidate("3", 1, "udp", 2_122_194_687L, "192.0.2.2", 44_285, "host");

        assertThat(TrickledCandidate.decode(text, "")).contains(new TrickledCandidate("hou1", candidate));
        assertThat(TrickledCandidate.decode("a=" + text + "\r\n", "given")).contains(new TrickledCandidate("given", candidate));
        assertThat(TrickledCandidate.decode("candidate:3 1 udp 2122194687 192.0.2.2 44285 typ host", ""))
                .contains(new TrickledCandidate("", candidate));
        assertThat(TrickledCandidate.decode(text.substring(1), "")).isEmpty();
        assertThat(TrickledCandidate.decode(text + " x".repeat(500), "")).isEmpty();
        assertThat(TrickledCandidate.decode(text, "u".repeat(257))).isEmpty();
    }

    @Test
    void readsCandidatesWithExtensions() {
        assertThat(Candidate.decode("3 1 udp 2122194687 192.0.2.2 44285 typ host generation 0 network-id 1"))
                .contains(new Candidate("3", 1, "udp", 2_122_194_687L, "192.0.2.2", 44_285, "host"));
        assertThat(Candidate.decode("1 1 UDP 1 x.local 9 typ host")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 1 udp 1 192.0.2.2 9",
                "1 1 udp 1 192.0.2.2 9 host typ",
                "1 1 udp 1 192.0.2.2 65536 typ host",
                "1 1 udp 1 192.0.2.2 -9 typ host",
                "1 999 udp 1 192.0.2.2 9 typ host",
                "1 1 udp 4294967296 192.0.2.2 9 typ host",
                "1 1 udp 1  9 typ host"
            })
    void refusesOtherCandidates(String value) {
        assertThat(Candidate.decode(value)).isEmpty();
    }

    @Test
    void readsCertificateHashesInAnyLetterCase() {
        assertThat(CertificateHash.decode("SHA-1 " + SHA_1))
                .contains(new CertificateHash("sha-1", "AA:".repeat(19) + "0F"));
    }

    @Test
    void refusesOtherCertificateHashes() {
        assertThat(CertificateHash.decode("md5 " + "AA:".repeat(15) + "00")).isEmpty();
        assertThat(CertificateHash.decode("sha-256 " + SHA_1)).isEmpty();
        assertThat(CertificateHash.decode("sha-1 " + SHA_1.replace(':', '-'))).isEmpty();
        assertThat(CertificateHash.decode("sha-1 " + SHA_1.replace('f', 'g'))).isEmpty();
        assertThat(CertificateHash.decode("sha-1")).isEmpty();
    }

    @Test
    void readsSourcesAndFeedback() {
        assertThat(SsrcAttribute.decode("4294967295 cname:a:b"))
                .contains(new SsrcAttribute(4_294_967_295L, "cname", "a:b"));
        assertThat(SsrcAttribute.decode("4294967296 cname:x")).isEmpty();
        assertThat(RtcpFeedback.decode("* nack pli")).contains(new RtcpFeedback("*", "nack pli"));
        assertThat(RtcpFeedback.decode("999 nack")).isEmpty();
    }

    @Test
    void mirrorsDirections() {
        assertThat(Direction.SENDONLY.mirrored()).isEqualTo(Direction.RECVONLY);
        assertThat(Direction.RECVONLY.mirrored()).isEqualTo(Direction.SENDONLY);
        assertThat(Direction.SENDRECV.mirrored()).isEqualTo(Direction.SENDRECV);
        assertThat(Direction.INACTIVE.mirrored()).isEqualTo(Direction.INACTIVE);
    }
}
