package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.Update;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.MediaListener.Failure;
import io.jverto.wire.sdp.SdpText;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A call that outlives its client's connection.
class ReattachTest {
    private final TestSwitch pbx = new TestSwitch();

    private CallRef echo() {
        pbx.actions("answer", "echo");
        pbx.call("a", "9196");
        return pbx.board.find(new ChannelId("a")).orElseThrow();
    }

    @Test
    void offersOneCodecAgainUnderOtherCredentials() {
        CallRef call = echo();

        call.away();
        String offer = call.reoffer().orElseThrow().offer().value();

        assertThat(offer).contains("m=audio 16384 UDP/TLS/RTP/SAVPF 111 126", "a=setup:actpass", "a=end-of-candidates").doesNotContain("PCMU");
        assertThat(pbx.media.of("a").log).contains("renew");
        assertThat(call.reattach(TestSdp.OPUS)).isEqualTo(AnswerResult.ANSWERED);
        assertThat(pbx.media.of("a").log).endsWith("apply OPUS");
    }

    @Test
    void mediaThatDiesWhileTheClientIsAwayEndsNothing() {
        CallRef call = echo();

        call.away();
        pbx.media.of("a").listener.onFailed(Failure.ICE_TIMEOUT);
        pbx.advance(300_000);

        assertThat(pbx.board.find(call.id())).isPresent();
    }

    @Test
    void mediaThatDiesBeforeTheClientIsMissedEndsNothingEither() {
        CallRef call = echo();

        pbx.media.of("a").listener.onFailed(Failure.ICE_TIMEOUT);
        pbx.advance(100_000);
        call.away();
        pbx.advance(100_000);
        call.reoffer();
        assertThat(call.reattach(TestSdp.OPUS)).isEqualTo(AnswerResult.ANSWERED);
        pbx.advance(300_000);

        assertThat(pbx.board.find(call.id())).isPresent();
    }

    /// `uuid_media_reneg`: nobody was away.
    @Test
    void aCallThatIsOfferedAgainInMidCallGoesOnWhileThereIsNoAnswer() {
        CallRef call = echo();

        call.reoffer();
        pbx.advance(300_000);

        assertThat(pbx.board.find(call.id())).isPresent();
        assertThat(pbx.media.of("a").log).contains("route Echo").doesNotContain("close");
        assertThat(call.update(TestSdp.OPUS)).isInstanceOf(Update.Updated.class);
        assertThat(call.reattach(TestSdp.OPUS)).isEqualTo(AnswerResult.ANSWERED);
    }

    @Test
    void anAnswerThatCannotBeUsedEndsTheCall() {
        TestClient client = client();
        CallRef call = pbx.board.find(new ChannelId("a")).orElseThrow();

        call.reoffer();

        assertThat(call.reattach(TestSdp.UNUSABLE)).isEqualTo(AnswerResult.CODEC_ERROR);
        pbx.time.settle();
        assertThat(client.heard).last().isEqualTo("0 bye BEARERCAPABILITY_NOTAVAIL");
        assertThat(call.reoffer()).isEmpty();
    }

    private TestClient client() {
        pbx.actions("answer", "echo");
        return pbx.call("a", "9196");
    }

    @Test
    void anAnswerToNoOfferEndsTheCall() {
        TestClient client = client();

        assertThat(pbx.board.find(new ChannelId("a")).orElseThrow().reattach(TestSdp.OPUS)).isEqualTo(AnswerResult.MEDIA_ERROR);
        pbx.time.settle();

        assertThat(client.heard).last().isEqualTo("0 bye BEARERCAPABILITY_NOTAVAIL");
    }

    @Test
    void aCallThatIsNotAnsweredIsNotOfferedAgain() {
        pbx.actions("pre_answer", "park");
        pbx.call("a", "9196");

        assertThat(pbx.board.find(new ChannelId("a")).orElseThrow().reoffer()).isEqualTo(Optional.empty());
    }

    @Test
    void anOfferWithNewCredentialsIsMetByNewOnes() {
        CallRef call = echo();
        SdpText same = TestSdp.OPUS;
        SdpText restarted = new SdpText(same.value().replace("ufrag:abcd", "ufrag:efgh"));

        assertThat(call.update(same)).isInstanceOf(Update.Updated.class);
        assertThat(pbx.media.of("a").log).doesNotContain("renew");
        assertThat(call.update(restarted)).isInstanceOf(Update.Updated.class);
        assertThat(pbx.media.of("a").log).endsWith("renew", "apply OPUS");
    }
}
