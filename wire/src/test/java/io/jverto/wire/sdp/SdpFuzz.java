package io.jverto.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpDecoding.Malformed;
import java.nio.charset.StandardCharsets;

class SdpFuzz {
    @FuzzTest
    void decodesWhatItEncodes(byte[] bytes) {
        SdpText text = new SdpText(new String(bytes, StandardCharsets.UTF_8));

        switch (SdpDecoder.decode(text)) {
            case Malformed malformed -> assertThat(malformed.line()).isPositive();
            case Decoded(SessionDescription description) -> {
                assertBounded(description);
                readEveryAttribute(description);
                description.media().forEach(SdpFuzz::readEveryAttribute);
                assertThat(SdpDecoder.decode(SdpEncoder.encode(description))).isEqualTo(new Decoded(description));
            }
        }
    }

    private static void assertBounded(SessionDescription description) {
        assertThat(description.media()).hasSizeLessThanOrEqualTo(SdpDecoder.MAX_MEDIA);
        assertThat(description.lines()).hasSizeLessThanOrEqualTo(SdpDecoder.MAX_LINES);
        for (MediaDescription medium : description.media()) {
            assertThat(medium.formats()).hasSizeBetween(1, SdpDecoder.MAX_FORMATS);
            assertThat(medium.attributes("candidate").count()).isLessThanOrEqualTo(SdpDecoder.MAX_CANDIDATES);
        }
    }

    private static void readEveryAttribute(SdpSection section) {
        section.direction();
        section.attributes("rtpmap").flatMap(value -> RtpMap.decode(value).stream()).forEach(map -> assertThat(
                        RtpMap.decode(map.encode()))
                .contains(map));
        section.attributes("candidate").forEach(Candidate::decode);
        section.attributes("fingerprint").forEach(CertificateHash::decode);
        section.attributes("fmtp").forEach(Fmtp::decode);
        section.attributes("setup").forEach(Setup::decode);
        section.attributes("ssrc").forEach(SsrcAttribute::decode);
        section.attributes("rtcp-fb").forEach(RtcpFeedback::decode);
    }
}
