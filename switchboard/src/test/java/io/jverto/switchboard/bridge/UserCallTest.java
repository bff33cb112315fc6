package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.MediaListener.Failure;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserCallTest {
    private static final String RINGBACK = "set ringback=%(2000,4000,440,480)";

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @BeforeEach
    void likeTheDefaultDialplan() {
        pbx.directory("""
                <user id="1001"/>
                <user id="1002"/>
                <user id="1004"><params><param name="dial-string"
                  value="{^^:presence_id=${dialed_user}@${dialed_domain}}${verto_contact(${dialed_user}@${dialed_domain})}"/></params></user>
                <user id="1003"><params><param name="dial-string"
                  value="{^^:presence_id=${dialed_user}@${dialed_domain}:who=${who}}verto.rtc/1001@example.org,error/user_not_registered"/></params></user>
                """);
        pbx.actions(RINGBACK, "set call_timeout=30", "set hangup_after_bridge=true", "bridge user/$1@${domain}", "hangup ${originate_disposition}");
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(pbx.board.channels().rows()).isEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    @Test
    void ringsAnswersTalksAndEndsWithTheCaller() {
        TestClient caller = pbx.call("a", "1001");
        pbx.advance(3_000);
        assertThat(caller.heard).containsExactly("0 media sdp");
        assertThat(pbx.media.of("a").log).containsExactly("apply OPUS", "play Tone[script=%(2000,4000,440,480);loops=-1]");
        assertThat(bob.calls.getLast().offer().value()).contains("opus/48000/2");

        AnswerResult result = bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
        pbx.advance(1_000);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(result).isEqualTo(AnswerResult.ANSWERED);
        assertThat(caller.heard).containsExactly(
                "0 media sdp", "3000 answer", "3000 display Bob 1001 of Tester 1000 1000 to Bob 1001", "4000 over NORMAL_CLEARING");
        assertThat(bob.heard()).containsExactly("3000 display Tester 1000 1000 of Tester 1000 1000 to Bob 1001", "4000 bye NORMAL_CLEARING");
        String leg = bob.calls.getLast().channel().id().value();
        assertThat(pbx.media.of("a").log).contains("bridge " + leg);
        assertThat(pbx.media.of(leg).log).containsExactly("apply OPUS", "bridge a", "close");
    }

    @Test
    void theMediaOfBothSidesObeysTheRulesOfTheirProfiles() {
        TestClient caller = pbx.call("a", "1001");

        assertThat(pbx.media.of("a").rules).isEqualTo(TestSwitch.RULES);
        assertThat(pbx.media.of(bob.calls.getLast().channel().id().value()).rules).isEqualTo(TestSwitch.RULES);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void theCalleeHangsUpAndSoDoesTheCaller() {
        TestClient caller = pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
        bob.rung().channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();

        assertThat(caller.heard).containsExactly(
                "0 media sdp", "0 answer", "0 display Outbound Call 1001 of Tester 1000 1000 to Outbound Call 1001", "0 bye USER_BUSY");
        assertThat(bob.heard()).last().isEqualTo("0 over USER_BUSY");
    }

    @Test
    void withoutHangupAfterBridgeTheDialplanGoesOn() {
        pbx.actions("bridge user/1001", "echo");

        TestClient caller = pbx.call("a", "1");
        assertThat(caller.heard).isEmpty();
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(caller.heard).hasSize(2).first().isEqualTo("0 answer sdp");
        assertThat(pbx.media.of("a").log).last().isEqualTo("route Echo");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aRejectPassesItsCauseOn() {
        for (Cause cause : new Cause[] {Cause.CALL_REJECTED, Cause.USER_BUSY, Cause.NORMAL_CLEARING}) {
            TestClient caller = pbx.call("a", "1001");
            bob.rung().channel.hangup(cause, true);
            pbx.time.settle();

            assertThat(caller.heard).containsExactly("0 media sdp", "0 bye " + cause);
            assertThat(bob.heard()).containsExactly("0 over " + cause);
        }
    }

    @Test
    void aCallerWhoGivesUpCancelsTheRinging() {
        TestClient caller = pbx.call("a", "1001");
        pbx.advance(2_000);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 media sdp", "2000 over NORMAL_CLEARING");
        assertThat(bob.heard()).containsExactly("2000 bye ORIGINATOR_CANCEL");
        assertThat(bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "")).isEqualTo(AnswerResult.GONE);
    }

    @Test
    void nobodyAnswersInTime() {
        TestClient caller = pbx.call("a", "1001");
        pbx.advance(40_000);

        assertThat(caller.heard).containsExactly("0 media sdp", "30000 bye NO_ANSWER");
        assertThat(bob.heard()).containsExactly("30000 bye NO_ANSWER");
    }

    @Test
    void aUserWhoIsNotThereIsNotRegisteredAndOneWhoDoesNotExistIsAbsent() {
        assertThat(pbx.call("a", "1002").heard).containsExactly("0 bye USER_NOT_REGISTERED");
        assertThat(pbx.call("b", "1999").heard).containsExactly("0 bye SUBSCRIBER_ABSENT");
    }

    @Test
    void allDevicesRingAndTheFirstAnswerWins() {
        Phone tablet = pbx.phones.add("1001@example.org", "tablet");
        Phone desk = pbx.phones.add("1001@example.org", "desk");

        TestClient caller = pbx.call("a", "1001");
        desk.rung().channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();
        assertThat(caller.heard).containsExactly("0 media sdp");
        assertThat(tablet.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "")).isEqualTo(AnswerResult.ANSWERED);
        assertThat(bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "")).isEqualTo(AnswerResult.GONE);
        pbx.time.settle();

        assertThat(bob.heard()).containsExactly("0 bye LOSE_RACE");
        assertThat(tablet.heard()).hasSize(1);
        tablet.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(caller.heard).last().isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void groupsAreRungOneAfterTheOther() {
        Phone carol = pbx.phones.add("1002@example.org", "carol");
        pbx.actions(RINGBACK, "bridge error/user_busy|[leg_timeout=5]verto.rtc/1001@example.org|user/1002@example.org");

        TestClient caller = pbx.call("a", "1");
        assertThat(carol.clients).isEmpty();
        pbx.advance(5_000);
        assertThat(bob.heard()).containsExactly("5000 bye ALLOTTED_TIMEOUT");
        carol.rung().channel.hangup(Cause.CALL_REJECTED, true);
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 media sdp", "5000 bye CALL_REJECTED");
    }

    @Test
    void aUsersDialStringIsFollowedAndItsVariablesAreSet() {
        pbx.actions("set who=${caller_id_name}", "export color=red", "export nolocal:shape=round", "bridge {x=${caller_id_number}}user/1003");

        TestClient caller = pbx.call("a", "1");

        assertThat(bob.calls.getLast().variables())
                .containsEntry("presence_id", "1003@example.org")
                .containsEntry("who", "Tester 1000")
                .containsEntry("x", "1000")
                .containsEntry("color", "red")
                .containsEntry("shape", "round")
                .containsEntry("dialed_user", "1003");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aCalledChannelKnowsItsClientWhateverElseItIsTold() {
        pbx.actions("export event_channel_cookie=another", "bridge {event_channel_cookie=forged}user/1001");

        TestClient caller = pbx.call("a", "1");

        assertThat(bob.calls.getLast().variables()).containsEntry("event_channel_cookie", "session of bob");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void theDefaultDialStringReachesAllSessions() {
        Phone dave = pbx.phones.add("1004@example.org", "dave");
        pbx.phones.add("1004@example.org", "dave 2");

        TestClient caller = pbx.call("a", "1004");

        assertThat(dave.calls.getLast().variables()).containsEntry("presence_id", "1004@example.org");
        assertThat(dave.calls.getLast().caller().calleeNumber()).isEqualTo("1004");
        assertThat(pbx.board.channels().rows()).hasSize(3);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void s12ACallerCannotPutAnythingIntoTheDialString() {
        pbx.actions("set effective_caller_id_name=${evil}", "bridge {name=${evil},n2=${evil}}user/$1@${domain}", "hangup NO_ROUTE_DESTINATION");
        String evil = "x,hangup_after_bridge=true}error/USER_BUSY,[a=b]verto.rtc/1002@example.org|${who}^^:'\n";

        TestClient caller = pbx.call("a", "1001", TestSdp.OPUS, Map.of("evil", evil));

        assertThat(bob.calls).hasSize(1);
        assertThat(bob.calls.getLast().variables()).containsEntry("name", evil.trim()).containsEntry("n2", evil.trim())
                .doesNotContainKeys("hangup_after_bridge", "a");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(pbx.call("b", "1001@example.org,error/USER_BUSY").heard).containsExactly("0 bye SUBSCRIBER_ABSENT");
    }

    @Test
    void aCallerWithAnUnusableOfferRingsNobody() {
        TestClient caller = pbx.call("a", "1001", TestSdp.UNUSABLE, Map.of());

        assertThat(caller.heard).containsExactly("0 bye INCOMPATIBLE_DESTINATION");
        assertThat(bob.calls).isEmpty();
    }

    @Test
    void anUnusableOfferFoundLateEndsBoth() {
        pbx.actions("bridge user/1001");

        TestClient caller = pbx.call("a", "1", TestSdp.UNUSABLE, Map.of());
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();

        assertThat(caller.heard).containsExactly("0 bye INCOMPATIBLE_DESTINATION");
        assertThat(bob.heard()).containsExactly("0 bye NORMAL_CLEARING");
    }

    @Test
    void anUnusableAnswerIsRefusedAndEndsTheCall() {
        TestClient caller = pbx.call("a", "1001");

        assertThat(bob.rung().channel.answer(TestSdp.UNUSABLE, "", "")).isEqualTo(AnswerResult.CODEC_ERROR);
        pbx.time.settle();

        assertThat(bob.heard()).containsExactly("0 bye INCOMPATIBLE_DESTINATION");
        assertThat(caller.heard).last().isEqualTo("0 bye INCOMPATIBLE_DESTINATION");
    }

    @Test
    void theLegIsOfferedTheCallersCodecFirst() {
        TestClient caller = pbx.call("a", "1001", TestSdp.PCMU, Map.of());

        assertThat(bob.calls.getLast().offer().value()).containsPattern("m=audio [0-9]+ UDP/TLS/RTP/SAVPF 0 ");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void deadMediaOfOneSideEndsBoth() {
        TestClient caller = pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
        pbx.media.of(bob.rung().channel.id().value()).listener.onFailed(Failure.ICE_TIMEOUT);
        pbx.advance(130_000);

        assertThat(bob.heard()).last().isEqualTo("130000 bye MEDIA_TIMEOUT");
        assertThat(caller.heard).last().isEqualTo("130000 bye MEDIA_TIMEOUT");
    }

    @Test
    void digitsGoBothWaysButNotThoseThatTheMediaRelays() {
        TestClient caller = pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
        String leg = bob.rung().channel.id().value();

        caller.channel.dtmf("1w2", 0);
        bob.rung().channel.dtmf("#", 100);
        pbx.media.of("a").listener.onDtmf('5', 100);
        pbx.media.of(leg).listener.onDtmf('6', 100);
        pbx.time.settle();

        assertThat(pbx.media.of(leg).log).containsSubsequence("dtmf 1", "dtmf 2").doesNotContain("dtmf 5");
        assertThat(pbx.media.of("a").log).contains("dtmf #").doesNotContain("dtmf 6");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void aClientWithoutTelephoneEventsGetsDigitsAsMessages() {
        TestClient caller = pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_NO_EVENTS, "", "");
        pbx.time.settle();

        caller.channel.dtmf("1", 0);
        pbx.media.of("a").listener.onDtmf('5', 100);
        pbx.time.settle();

        assertThat(bob.heard()).containsSubsequence("0 dtmf 1", "0 dtmf 5");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void digitsAreSentAnewWhereTheMediaCannotRelayThem() {
        TestClient caller = pbx.call("a", "1001", TestSdp.PCMU, Map.of());
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();

        pbx.media.of("a").listener.onDtmf('5', 100);
        pbx.time.settle();

        assertThat(pbx.media.of(bob.rung().channel.id().value()).log).contains("dtmf 5");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void failureIsJudgedByContinueOnFailAndItsKin() {
        pbx.actions("set continue_on_fail=USER_BUSY,3", "bridge error/USER_BUSY", "bridge error/NO_ROUTE_DESTINATION", "bridge error/CALL_REJECTED", "answer");
        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye CALL_REJECTED");

        pbx.actions("set failure_causes=USER_BUSY", "bridge error/CALL_REJECTED", "bridge error/USER_BUSY", "answer");
        assertThat(pbx.call("b", "1").heard).containsExactly("0 bye USER_BUSY");

        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="set" data="transfer_on_fail=USER_BUSY auto_cause"/><action application="bridge" data="error/USER_BUSY"/>
                </condition></extension>
                <extension><condition field="destination_number" expression="^USER_BUSY$"><action application="hangup" data="PRE_EMPTED"/></condition></extension>
                """);
        assertThat(pbx.call("c", "1").heard).containsExactly("0 bye PRE_EMPTED");
    }

    @Test
    void nonsenseInADialStringFailsCleanly() {
        for (String dial : new String[] {"", ",,,|||", "{", "[", "{a=b", "{a=b}", "[x]", "nowhere/1", "user/", "user/@", "verto.rtc/", "error/", "^^:_:", "<a=b>{c=d}[e=f]"}) {
            pbx.actions("bridge " + dial, "hangup USER_BUSY");
            assertThat(pbx.call("a", "1").heard).as(dial).hasSize(1).first().asString().startsWith("0 bye ");
        }
    }

    @Test
    void variablesGoAlongWithTheNamesThatAreShown() {
        TestClient caller = pbx.call("a", "1001", TestSdp.OPUS, Map.of("verto_h_ticket", "4711"));
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
        assertThat(caller.shown).containsEntry("verto_h_ticket", "4711");

        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void callersAndCalleesEndTogetherHoweverManyThereAre() {
        for (int i = 0; i < 100; i++) {
            pbx.call("call-" + i, "1001");
        }
        assertThat(pbx.board.channels().rows()).hasSize(200);
        for (int i = 0; i < 100; i += 2) {
            bob.clients.get(i).channel.answer(TestSdp.ANSWER_OPUS, "", "");
        }
        pbx.advance(30_000);
        assertThat(pbx.board.channels().rows()).hasSize(100);

        pbx.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        pbx.time.settle();
    }
}
