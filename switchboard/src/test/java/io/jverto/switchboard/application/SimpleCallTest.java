package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.Relay;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallControl.Admission;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.MediaListener.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimpleCallTest {
    private final TestSwitch pbx = new TestSwitch();

    @AfterEach
    void nothingIsLeft() {
        assertThat(pbx.board.channels().rows()).isEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    @Test
    void echoAnswersAndLastsUntilTheClientHangsUp() {
        pbx.actions("answer", "echo");

        TestClient caller = pbx.call("a", "9196");
        pbx.advance(60_000);
        boolean first = caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        boolean second = caller.channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 answer sdp", "60000 over NORMAL_CLEARING");
        assertThat(pbx.media.of("a").log).containsExactly("apply OPUS", "route Echo", "close");
        assertThat(first).isTrue();
        assertThat(second).isFalse();
    }

    @Test
    void anEchoIsDelayedByASecondOrAsAskedButTenSecondsAtMost() {
        List<String> data = List.of("", " 250", " 99999", " -5", " soon");
        for (int i = 0; i < data.size(); i++) {
            pbx.actions("answer", "delay_echo" + data.get(i));
            TestClient caller = pbx.call("call-" + i, "9195");
            pbx.advance(60_000);
            caller.channel.hangup(Cause.NORMAL_CLEARING, true);
            pbx.time.settle();
        }

        assertThat(List.of(0, 1, 2, 3, 4)).extracting(i -> pbx.media.of("call-" + i).log.get(1)).containsExactly(
                "play Echo[delayMillis=1000]", "play Echo[delayMillis=250]", "play Echo[delayMillis=10000]", "play Echo[delayMillis=1000]",
                "play Echo[delayMillis=1000]");
    }

    @Test
    void nothingHappensBeforeTheCallIsStarted() {
        pbx.actions("answer", "hangup");

        TestClient caller = pbx.admit("a", "1", TestSdp.OPUS, Map.of()).client();
        pbx.advance(1_000);

        assertThat(caller.heard).isEmpty();
        caller.channel.start();
        pbx.time.settle();
        assertThat(caller.heard).containsExactly("1000 answer sdp", "1000 bye NORMAL_CLEARING");
    }

    @Test
    void aCallThatIsGoneBeforeItStartsDoesNothingButEnd() {
        pbx.actions("answer", "echo");

        TestClient caller = pbx.admit("a", "1", TestSdp.OPUS, Map.of()).client();
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        caller.channel.start();
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 over NORMAL_CLEARING");
    }

    @Test
    void ringsForFiveSecondsThenNoAnswer() {
        pbx.actions("ring_ready", "sleep 5000", "hangup NO_ANSWER");

        TestClient caller = pbx.call("a", "9180");
        pbx.advance(10_000);

        assertThat(caller.heard).containsExactly("5000 bye NO_ANSWER");
    }

    @Test
    void earlyMediaThenAnswerWithoutASecondSdp() {
        pbx.actions("pre_answer", "playback tone_stream://%(1000,1000,440,480)", "answer", "echo");

        TestClient caller = pbx.call("a", "9181");
        pbx.advance(2_000);
        assertThat(caller.channel.answered()).isFalse();
        pbx.media.of("a").playbackEnds();
        pbx.time.settle();
        assertThat(caller.channel.answered()).isTrue();
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 media sdp", "2000 answer", "2000 over NORMAL_CLEARING");
        assertThat(pbx.media.of("a").log).containsExactly("apply OPUS", "play Tone[script=%(1000,1000,440,480)]", "route Silent", "route Echo", "close");
    }

    @Test
    void busyEndsWithoutMedia() {
        pbx.actions("hangup USER_BUSY");

        assertThat(pbx.call("a", "9182").heard).containsExactly("0 bye USER_BUSY");
        assertThat(pbx.media.byChannel).isEmpty();
    }

    @Test
    void aCallWithoutRouteEndsSo() {
        pbx.dialplan("<extension><condition field='destination_number' expression='^1$'><action application='answer'/></condition></extension>");

        assertThat(pbx.call("a", "2").heard).containsExactly("0 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void anUnusableOfferIsFoundOutWhenMediaIsNeeded() {
        pbx.actions("sleep 1000", "answer", "echo");

        TestClient caller = pbx.call("a", "1", TestSdp.UNUSABLE, Map.of());
        pbx.advance(5_000);

        assertThat(caller.heard).containsExactly("1000 bye INCOMPATIBLE_DESTINATION");
    }

    @Test
    void noRoomForMediaEndsTheCall() {
        pbx.media.full = true;
        pbx.actions("answer", "echo");

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye DESTINATION_OUT_OF_ORDER");
    }

    @Test
    void theEndOfTheDialplanIsTheEndOfTheCall() {
        pbx.actions("answer", "sleep 100");

        TestClient caller = pbx.call("a", "1");
        pbx.advance(200);

        assertThat(caller.heard).containsExactly("0 answer sdp", "100 bye NORMAL_CLEARING");
    }

    @Test
    void anUnknownApplicationEndsTheCall() {
        pbx.actions("answer", "fly_to_moon");

        assertThat(pbx.call("a", "1").heard).containsExactly("0 answer sdp", "0 bye DESTINATION_OUT_OF_ORDER");
    }

    @Test
    void deadMediaEndsTheCallWithTheCauseOfItsDeath() {
        pbx.actions("answer", "echo");

        TestClient dtls = pbx.call("a", "1");
        TestClient ice = pbx.call("b", "1");
        pbx.media.of("a").listener.onFailed(Failure.DTLS);
        pbx.media.of("b").listener.onFailed(Failure.ICE_TIMEOUT);
        pbx.advance(200_000);

        assertThat(dtls.heard).last().isEqualTo("0 bye DESTINATION_OUT_OF_ORDER");
        assertThat(ice.heard).last().isEqualTo("130000 bye MEDIA_TIMEOUT");
    }

    @Test
    void aCallWhoseMediaIsDeadGoesOnWhereTheDialplanSaysWhatIsToBeDone() {
        pbx.actions("set execute_on_media_timeout=set dead=yes", "answer", "echo");

        TestClient telephone = pbx.call("a", "1");
        TestClient browser = pbx.call("b", "1");
        pbx.media.of("a").listener.onFailed(Failure.RTP_TIMEOUT);
        pbx.media.of("b").listener.onFailed(Failure.ICE_TIMEOUT);
        pbx.advance(129_000);
        assertThat(pbx.variable(telephone, "dead")).isEqualTo("yes");
        assertThat(pbx.variable(browser, "dead")).isEmpty();
        pbx.advance(200_000);

        assertThat(pbx.variable(browser, "dead")).isEqualTo("yes");
        assertThat(telephone.heard).containsExactly("0 answer sdp");
        assertThat(browser.heard).containsExactly("0 answer sdp");
        telephone.channel.hangup(Cause.NORMAL_CLEARING, true);
        browser.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void whatIsDoneAboutDeadMediaMayEndTheCall() {
        pbx.actions("set execute_on_media_timeout=hangup DESTINATION_OUT_OF_ORDER", "answer", "echo");

        TestClient caller = pbx.call("a", "1");
        pbx.media.of("a").listener.onFailed(Failure.RTP_TIMEOUT);
        pbx.time.settle();

        assertThat(caller.heard).last().isEqualTo("0 bye DESTINATION_OUT_OF_ORDER");
    }

    @Test
    void aPauseThatEatsDigitsEndsWithATerminator() {
        pbx.actions("answer", "set sleep_eat_digits=true", "set playback_terminators=#", "sleep 10000", "set key=${playback_terminator_used}", "sleep 5000",
                "hangup USER_BUSY");

        TestClient caller = pbx.call("a", "1");
        pbx.advance(1_000);
        caller.channel.dtmf("5", 0);
        pbx.advance(1_000);
        assertThat(pbx.variable(caller, "key")).isEmpty();
        caller.channel.dtmf("#", 0);
        pbx.time.settle();
        assertThat(pbx.variable(caller, "key")).isEqualTo("#");
        pbx.advance(5_000);

        assertThat(caller.heard).last().isEqualTo("7000 bye USER_BUSY");
    }

    @Test
    void aPauseKeepsItsLengthWhateverIsPressed() {
        pbx.actions("answer", "sleep 5000", "hangup USER_BUSY");

        TestClient caller = pbx.call("a", "1");
        caller.channel.dtmf("*", 0);
        pbx.advance(5_000);

        assertThat(caller.heard).last().isEqualTo("5000 bye USER_BUSY");
    }

    @Test
    void aSoundIsEndedByItsTerminator() {
        pbx.actions("answer", "playback local_stream://moh", "set result=${current_application_response}", "hangup USER_BUSY");

        TestClient caller = pbx.call("a", "1");
        caller.channel.dtmf("5", 0);
        pbx.time.settle();
        assertThat(caller.heard).hasSize(1);
        caller.channel.dtmf("*", 0);
        pbx.time.settle();

        assertThat(caller.heard).last().isEqualTo("0 bye USER_BUSY");
        assertThat(pbx.media.of("a").log).contains("play Music[]");
    }

    @Test
    void aMissingSoundDoesNotStopTheDialplan() {
        pbx.actions("playback nowhere.wav", "hangup USER_BUSY");

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye USER_BUSY");
    }

    @Test
    void s39AnIdInUseAndAFullSwitchAreRefused() {
        TestSwitch small = new TestSwitch(1, request -> new io.jverto.switchboard.port.ConferenceService.Join.Refused(Cause.NONE, ""));
        small.actions("answer", "echo");
        TestClient caller = small.call("a", "1");

        assertThat(small.board.admit(small.incoming("b", "1", TestSdp.OPUS, Map.of(), new Relay())))
                .isEqualTo(new Admission.Refused(Cause.SWITCH_CONGESTION));
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        small.time.settle();
        small.call("b", "1").channel.hangup(Cause.NORMAL_CLEARING, true);
        small.time.settle();

        pbx.actions("answer", "echo");
        TestClient first = pbx.call("x", "1");
        assertThat(pbx.board.admit(pbx.incoming("x", "1", TestSdp.OPUS, Map.of(), new Relay())))
                .isEqualTo(new Admission.Refused(Cause.DESTINATION_OUT_OF_ORDER));
        first.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void s39AFloodOfDigitsCannotKeepACallAlive() {
        pbx.actions("answer", "sleep 10000");

        TestClient caller = pbx.admit("a", "1", TestSdp.OPUS, Map.of()).client();
        boolean taken = caller.channel.dtmf("1".repeat(100_000), 0);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        caller.channel.start();
        pbx.time.settle();

        assertThat(taken).isFalse();
        assertThat(pbx.counters.get(SwitchCounter.DIGITS_DROPPED)).isEqualTo(99_900);
        assertThat(caller.heard).containsExactly("0 over NORMAL_CLEARING");
    }

    @Test
    void anAnswerToACallThatWeDidNotMakeIsRefused() {
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "1");

        assertThat(caller.channel.answer(TestSdp.ANSWER_OPUS, "", "")).isEqualTo(AnswerResult.GONE);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(caller.channel.answer(TestSdp.ANSWER_OPUS, "", "")).isEqualTo(AnswerResult.GONE);
        assertThat(pbx.board.find(new ChannelId("a"))).isEmpty();
    }

    @Test
    void transfersGoToAnotherExtensionButNotForEver() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$"><action application="transfer" data="2"/></condition></extension>
                <extension><condition field="destination_number" expression="^2$">
                  <action application="set" data="from=${rdnis}"/><action application="answer"/><action application="hangup" data="USER_BUSY"/>
                </condition></extension>
                <extension><condition field="destination_number" expression="^3$"><action application="transfer" data="3 XML default"/></condition></extension>
                """);

        TestClient caller = pbx.call("a", "1");

        assertThat(caller.heard).containsExactly("0 answer sdp", "0 bye USER_BUSY");
        assertThat(caller.variables).containsEntry("from", "1");
        assertThat(pbx.call("b", "3").heard).containsExactly("0 bye EXCHANGE_ROUTING_ERROR");
    }

    @Test
    void s11ACallerCannotChooseTheContextOfHisTransfer() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^7(.*)$"><action application="transfer" data="$1"/></condition></extension>
                <extension><condition field="context" expression="^admin$"><action application="answer"/></condition></extension>
                """);

        assertThat(pbx.call("a", "79 XML admin").heard).containsExactly("0 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void twoHundredCallsAtOnceAllEnd() {
        pbx.actions("answer", "sleep 10000", "hangup USER_BUSY");
        List<TestClient> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            callers.add(pbx.call("call-" + i, "1"));
        }
        assertThat(pbx.board.channels().rows()).hasSize(200);

        pbx.advance(10_000);

        assertThat(callers).allSatisfy(caller -> assertThat(caller.heard).containsExactly("0 answer sdp", "10000 bye USER_BUSY"));
        assertThat(pbx.board.channels().peak()).isEqualTo(200);
    }
}
