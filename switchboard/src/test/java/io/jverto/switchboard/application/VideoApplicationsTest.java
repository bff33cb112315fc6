package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoApplicationsTest {
    private static final String PICTURE = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=sendrecv\r\na=rtpmap:96 VP8/90000\r\n";

    private final TestSwitch pbx = new TestSwitch();

    @BeforeEach
    void callersHaveVideo() {
        pbx.codecs = "opus,vp8";
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(pbx.board.channels().rows()).isEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    private static SdpText both() {
        return new SdpText(TestSdp.OPUS.value().replace("t=0 0\r\n", "t=0 0\r\na=group:BUNDLE 0 1\r\n") + "a=mid:0\r\n" + PICTURE);
    }

    /// A screen that has a call of its own.
    private static SdpText pictureAlone() {
        String sound = TestSdp.OPUS.value();
        return new SdpText(sound.substring(0, sound.indexOf("m=audio")) + PICTURE + sound.substring(sound.indexOf("a=ice-ufrag")));
    }

    private TestClient calls(SdpText offer, String... actions) {
        pbx.actions(actions);
        return pbx.call("a", "1", offer, Map.of());
    }

    private void hangsUp(TestClient client) {
        client.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aCallHasVideoUntilNovideoRefusesIt() {
        TestClient seen = calls(both(), "echo");
        assertThat(seen.described.value()).contains("m=video 16384 ");
        hangsUp(seen);

        TestClient heard = calls(both(), "novideo", "echo");
        assertThat(heard.described.value()).contains("m=audio 16384 ", "m=video 0 ");
        hangsUp(heard);
    }

    @Test
    void aPictureAloneIsAnsweredAndEndsWhereThereIsToBeNone() {
        TestClient screen = calls(pictureAlone(), "answer", "echo");
        assertThat(screen.heard).containsExactly("0 answer sdp");
        assertThat(screen.described.value()).contains("m=video 16384 ").doesNotContain("m=audio");
        hangsUp(screen);

        assertThat(calls(pictureAlone(), "novideo", "answer").heard).containsExactly("0 bye INCOMPATIBLE_DESTINATION");
    }

    @Test
    void soundsPlayToAPictureAloneAndNobodyHearsThem() {
        TestClient screen = calls(pictureAlone(), "answer", "playback tone_stream://%(100,0,440)", "sleep 1000");

        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        pbx.advance(1_000);

        assertThat(screen.heard).startsWith("0 answer sdp").last().asString().contains("NORMAL_CLEARING");
    }
}
