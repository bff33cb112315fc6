package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which codec a caller's video gets, when whom he calls is seen before he answers.
class EarlyPictureTest {
    private static final String BOTH = "a=rtpmap:96 VP8/90000\r\na=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=42e01f\r\n";

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @BeforeEach
    void everybodyHasBothCodecs() {
        pbx.codecs = "opus,vp8,h264";
        bob.codecs = "opus,vp8,h264";
        pbx.actions("bridge verto.rtc/1001@example.org");
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(pbx.board.channels().rows()).isEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    /// @param sound of a browser
    private static SdpText with(SdpText sound, String formats, String lines) {
        return new SdpText(sound.value().replace("t=0 0\r\n", "t=0 0\r\na=group:BUNDLE 0 1\r\n") + "a=mid:0\r\n"
                + "m=video 9 UDP/TLS/RTP/SAVPF " + formats + "\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=sendrecv\r\n" + lines);
    }

    /// What the called one answers who has H.264 alone, under the number that it was offered.
    private SdpText h264() {
        Matcher offered = Pattern.compile("a=rtpmap:(\\d+) H264").matcher(bob.calls.getLast().offer().value());
        assertThat(offered.find()).isTrue();
        String type = offered.group(1);
        return with(TestSdp.ANSWER_OPUS, type,
                "a=rtpmap:" + type + " H264/90000\r\na=fmtp:" + type + " packetization-mode=1;profile-level-id=42e01f\r\n");
    }

    private TestClient calls() {
        return pbx.call("a", "1001", with(TestSdp.OPUS, "96 102", BOTH), Map.of());
    }

    private void hangsUp(TestClient client) {
        client.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void theCallerGetsTheCodecThatTheEarlyMediaOfTheCalledOneHas() {
        TestClient ada = calls();
        assertThat(bob.calls.getLast().offer().value()).contains("m=video 16384 UDP/TLS/RTP/SAVPF 96 ");

        assertThat(bob.rung().channel.early(h264())).isEqualTo(AnswerResult.ANSWERED);
        pbx.time.settle();

        assertThat(ada.heard).containsExactly("0 media sdp");
        assertThat(ada.described.value()).contains("m=video 16384 UDP/TLS/RTP/SAVPF 102\r\n");
        hangsUp(ada);
    }

    @Test
    void aCameraThatEarlyMediaWithoutPicturesWouldNotShowIsNotAskedFor() {
        TestClient ada = calls();

        bob.rung().channel.early(TestSdp.ANSWER_OPUS);
        pbx.time.settle();

        assertThat(ada.described.value()).contains("m=video 0 ");
        hangsUp(ada);
    }

    @Test
    void theCallerGetsTheCodecOfTheAnswerWhereThereWasNoEarlyMedia() {
        TestClient ada = calls();

        bob.rung().channel.answer(h264(), "Bob", "");
        pbx.time.settle();

        assertThat(ada.described.value()).contains("m=video 16384 UDP/TLS/RTP/SAVPF 102\r\n");
        hangsUp(ada);
    }
}
