package io.jverto.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.JitterBounds;
import io.jverto.switchboard.edge.Relay;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.DirectMedia;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.MediaListener.Failure;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Calls of peers without ICE, as SIP brings them.
class DirectCallsTest {
    private static final MediaRules RULES = new MediaRules(CandidateAcl.ANY, JitterBounds.DEFAULT, Optional.of(DirectMedia.DEFAULT));

    private final TestSwitch world = new TestSwitch().actions("answer", "park");

    private static SdpText sdp(String formats, String lines) {
        return new SdpText("v=0\r\no=- 1 1 IN IP4 192.0.2.77\r\ns=-\r\nc=IN IP4 192.0.2.77\r\nt=0 0\r\nm=audio 6000 RTP/AVP " + formats + "\r\n" + lines);
    }

    private TestClient call(SdpText offer) {
        Relay relay = new Relay();
        IncomingCall call = world.incoming("call", "5000", offer, Map.of(), relay);
        TestClient client = world.admit(
                new IncomingCall(call.id(), call.caller(), call.variables(), offer, call.codecs(), RULES, relay), relay).client();
        client.channel.start();
        world.time.settle();
        return client;
    }

    private CallRef ref() {
        return world.board.find(new ChannelId("call")).orElseThrow();
    }

    /// What waits for the channel is run on a thread of virtual time.
    private <T> T ask(java.util.function.Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        world.time.start("asker", () -> answer.complete(question.get()));
        world.time.settle();
        return answer.join();
    }

    @Test
    void aPlainOfferIsAnsweredAndItsMediaOpenedWithoutIce() {
        TestClient client = call(sdp("0", ""));

        assertThat(client.heard).anyMatch(line -> line.contains("answer"));
        assertThat(world.media.of("call").rules.direct()).isPresent();
        assertThat(world.media.of("call").log).contains("apply PCMU");
    }

    @Test
    void aBrowsersOfferOverSipIsAnsweredWithIce() {
        call(TestSdp.OPUS);

        assertThat(world.media.of("call").rules.direct()).isEmpty();
        assertThat(world.media.of("call").log).contains("apply OPUS");
    }

    @Test
    void aCallWithoutAnOfferGetsOursWithTheAnswerAndWaitsForTheirs() {
        call(new SdpText(""));

        assertThat(ref().answered()).isTrue();
        assertThat(world.media.of("call").log).noneMatch(line -> line.startsWith("apply"));

        assertThat(ask(() -> ref().answer(sdp("8", ""), "", ""))).isEqualTo(AnswerResult.ANSWERED);
        assertThat(world.media.of("call").log).contains("apply PCMA");
    }

    @Test
    void aCallWithoutAnOfferWhoseAnswerNeverComesEnds() {
        TestClient client = call(new SdpText(""));

        world.advance(32_001);

        assertThat(client.heard.getLast()).endsWith("bye RECOVERY_ON_TIMER_EXPIRE");
    }

    @Test
    void aNewOfferThatCannotBeUsedLeavesTheCallAsItWas() {
        TestClient client = call(sdp("0", ""));

        assertThat(ask(() -> ref().update(sdp("97", "a=rtpmap:97 iLBC/8000\r\n")))).isEqualTo(new CallRef.Update.Failed(AnswerResult.CODEC_ERROR));

        assertThat(client.heard).noneMatch(line -> line.contains("bye"));
        assertThat(ask(() -> ref().update(sdp("8", "a=sendonly\r\n")))).isInstanceOf(CallRef.Update.Updated.class);
        assertThat(world.media.of("call").log).contains("apply PCMA");
    }

    @Test
    void aCallOnHoldIsOfferedAgainAsSuchAndOffHoldAsBefore() {
        call(sdp("0", ""));
        ask(() -> ref().hold(CallRef.HoldWish.HOLD));

        SdpText held = ask(() -> ref().reoffer()).orElseThrow().offer();
        AnswerResult taken = ask(() -> ref().accept(sdp("0", "a=recvonly\r\n")));
        ask(() -> ref().hold(CallRef.HoldWish.UNHOLD));
        SdpText back = ask(() -> ref().reoffer()).orElseThrow().offer();

        assertThat(held.value()).contains("m=audio 16384 RTP/AVP 0", "a=sendonly\r\n");
        assertThat(taken).isEqualTo(AnswerResult.ANSWERED);
        assertThat(back.value()).contains("a=sendrecv\r\n");
    }

    @Test
    void silenceOfAPeerEndsItsCallAtOnce() {
        TestClient client = call(sdp("0", ""));

        world.media.of("call").listener.onFailed(Failure.RTP_TIMEOUT);
        world.time.settle();

        assertThat(client.heard.getLast()).endsWith("bye " + Cause.MEDIA_TIMEOUT);
    }
}
