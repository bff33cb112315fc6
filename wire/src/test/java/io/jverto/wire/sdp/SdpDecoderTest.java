package io.jverto.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpDecoding.Malformed;
import io.jverto.wire.sdp.SdpDecoding.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpDecoderTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    private static final String AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\n";

    @Test
    void keepsLinesInTheirOrder() {
        String text = HEAD + "a=group:BUNDLE 0\r\n" + AUDIO + "c=IN IP4 0.0.0.0\r\na=mid:0\r\na=sendrecv\r\n";

        SessionDescription description = decoded(text);

        assertThat(SdpEncoder.encode(description).value()).isEqualTo(text);
        assertThat(description.attribute("group")).contains("BUNDLE 0");
        MediaDescription audio = description.media().getFirst();
        assertThat(audio.kind()).isEqualTo("audio");
        assertThat(audio.port()).isEqualTo(9);
        assertThat(audio.profile()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(audio.formats()).containsExactly("111", "0");
        assertThat(audio.line('c')).contains("IN IP4 0.0.0.0");
        assertThat(audio.attribute("mid")).contains("0");
        assertThat(audio.direction()).contains(Direction.SENDRECV);
    }

    @Test
    void readsLineFeedsEmptyLinesAndNoFinalLineEnd() {
        String text = "\n\nv=0\ns=-\n\n\n\n\n\nm=audio 9 RTP/SAVPF 0\n\na=mid:x  \n\na=rtcp-mux";

        MediaDescription audio = decoded(text).media().getFirst();

        assertThat(audio.attribute("mid")).contains("x");
        assertThat(audio.has("rtcp-mux")).isTrue();
    }

    @Test
    void readsAttributesBehindCandidates() {
        String text = HEAD + AUDIO + "a=candidate:1 1 udp 1 192.0.2.1 5 typ host\r\na=setup:active\r\n"
                + "a=candidate:2 1 udp 1 192.0.2.1 5 typ host\r\n";

        MediaDescription audio = decoded(text).media().getFirst();

        assertThat(audio.attributes("candidate")).hasSize(2);
        assertThat(audio.attribute("setup").flatMap(Setup::decode)).contains(Setup.ACTIVE);
    }

    @Test
    void readsPortsWithACount() {
        MediaDescription audio = decoded(HEAD + "m=audio  49170/2 RTP/AVP  0 ").media().getFirst();

        assertThat(audio.port()).isEqualTo(49_170);
        assertThat(audio.ports()).isEqualTo(2);
        assertThat(audio.formats()).containsExactly("0");
    }

    @Test
    void doesNotTakeOneAttributeForAnotherThatBeginsLikeIt() {
        MediaDescription audio = decoded(HEAD + AUDIO + "a=rtcp-mux-only\r\na=rtcp:9 IN IP4 0.0.0.0").media().getFirst();

        assertThat(audio.has("rtcp-mux")).isFalse();
        assertThat(audio.attribute("rtcp")).contains("9 IN IP4 0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "m=audio, BAD_MEDIA_LINE",
        "m=audio 9 RTP/SAVPF, BAD_MEDIA_LINE",
        "m=audio -1 RTP/SAVPF 0, BAD_MEDIA_LINE",
        "m=audio 65536 RTP/SAVPF 0, BAD_MEDIA_LINE",
        "m=audio 99999999999999999999 RTP/SAVPF 0, BAD_MEDIA_LINE",
        "m=audio 9/0 RTP/SAVPF 0, BAD_MEDIA_LINE",
        "m=audio nine RTP/SAVPF 0, BAD_MEDIA_LINE",
        "rubbish, NOT_A_LINE",
        "=, NOT_A_LINE",
        "A=sendrecv, NOT_A_LINE",
        "a, NOT_A_LINE"
    })
    void namesLineAndReason(String line, Reason reason) {
        assertThat(decode(HEAD + line)).isEqualTo(new Malformed(5, reason));
    }

    @Test
    void refusesControlCharactersAndLinesThatAreTooLong() {
        assertThat(decode(HEAD + "a=x:\0")).isEqualTo(new Malformed(5, Reason.CONTROL_CHARACTER));
        assertThat(decode(HEAD + "a=x:" + "y".repeat(9_000))).isEqualTo(new Malformed(5, Reason.LINE_TOO_LONG));
        assertThat(decode(HEAD + "a=fmtp:111 " + "y".repeat(2_000))).isEqualTo(new Malformed(5, Reason.FMTP_TOO_LONG));
    }

    @Test
    void refusesTextWithoutVersion() {
        assertThat(decode("")).isEqualTo(new Malformed(1, Reason.NO_VERSION));
        assertThat(decode("\r\n\r\n")).isEqualTo(new Malformed(1, Reason.NO_VERSION));
        assertThat(decode("{\"type\":\"offer\"}")).isEqualTo(new Malformed(1, Reason.NO_VERSION));
    }

    @Test
    void s15RefusesDescriptionsThatAreTooLarge() {
        assertThat(reason(HEAD + "a=x\r\n".repeat(10_000))).isEqualTo(Reason.TOO_MANY_ATTRIBUTES);
        assertThat(reason(HEAD + "i=x\r\n".repeat(10_000))).isEqualTo(Reason.TOO_MANY_LINES);
        assertThat(reason(HEAD + AUDIO.repeat(10_000))).isEqualTo(Reason.TOO_LONG);
        assertThat(reason(HEAD + AUDIO.repeat(17))).isEqualTo(Reason.TOO_MANY_MEDIA);
        assertThat(reason(HEAD + AUDIO + "a=candidate:1\r\n".repeat(101))).isEqualTo(Reason.TOO_MANY_CANDIDATES);
        assertThat(reason(HEAD + "m=audio 9 RTP/SAVPF" + " 0".repeat(129))).isEqualTo(Reason.TOO_MANY_FORMATS);
        assertThat(reason(HEAD + "\n".repeat(1_000_000))).isEqualTo(Reason.TOO_LONG);
        assertThat(reason(HEAD + ("i=" + "x".repeat(8_000) + "\r\n").repeat(9))).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void saysWhereAndWhyInWords() {
        assertThat(decode(HEAD + "rubbish")).hasToString("line 5: not of the form letter=value");
    }

    @Test
    void neverMakesALineWithALineEndInside() {
        SessionDescription description = decoded("v=0\ra=x\r\r\na=y\n\ra=z");

        assertThat(description.lines().stream().map(SdpLine::value)).isEqualTo(List.of("0", "x", "y", "z"));
    }

    @Test
    void keepsPasswordsOutOfLogs() {
        assertThat(new SdpText("a=ice-pwd:secret")).hasToString("SdpText[16 characters]");
    }

    private static SessionDescription decoded(String text) {
        return ((Decoded) decode(text)).description();
    }

    private static Reason reason(String text) {
        return ((Malformed) decode(text)).reason();
    }

    private static SdpDecoding decode(String text) {
        return SdpDecoder.decode(new SdpText(text));
    }
}
