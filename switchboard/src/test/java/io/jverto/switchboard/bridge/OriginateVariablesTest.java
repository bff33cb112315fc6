package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the variables of a dial string and of its caller do (dialplan-directory.md section 11.2).
class OriginateVariablesTest extends ThreeParties {
    private static final String BOB = "verto.rtc/1001@example.org";
    private static final String CY = "verto.rtc/1002@example.org";

    private TestClient bridge(String dialString, String... before) {
        String[] actions = java.util.Arrays.copyOf(before, before.length + 1);
        actions[before.length] = "bridge " + dialString;
        pbx.actions(actions);
        return pbx.call("a", "1");
    }

    private String variable(String name) {
        return pbx.commands.run("uuid_getvar a " + name);
    }

    @Test
    void partsRingIndependentlyAndTheFirstAnswerWins() {
        TestClient ada = bridge("error/user_busy|" + BOB + ":_:[leg_delay_start=2]" + CY);

        assertThat(bob.clients).hasSize(1);
        assertThat(cy.clients).isEmpty();
        pbx.advance(2_000);
        answers(cy);

        assertThat(bob.heard()).containsExactly("2000 bye LOSE_RACE");
        assertThat(last(ada)).contains("display");
        assertThat(variable("last_bridge_to")).isEqualTo(leg(cy));
    }

    @Test
    void eachPartHasATimeLimitOfItsOwnAndTheLongestIsThatOfTheCall() {
        TestClient ada = bridge("{originate_timeout=5}" + BOB + "|" + CY + ":_:{originate_timeout=8}" + CY);

        pbx.advance(5_000);
        assertThat(bob.heard()).containsExactly("5000 bye NO_ANSWER");
        assertThat(cy.clients).as("no further group of a part whose time is over").hasSize(1);
        pbx.advance(2_999);
        assertThat(ada.heard).isEmpty();
        pbx.advance(1);

        assertThat(cy.heard()).containsExactly("8000 bye NO_ANSWER");
        assertThat(pbx.board.channels().rows()).hasSize(0);
    }

    @Test
    void whoIsLeftWhenTheTimeOfAnotherPartIsOverCanAnswer() {
        TestClient ada = bridge("{originate_timeout=5}" + BOB + ":_:" + CY);

        pbx.advance(6_000);
        assertThat(bob.heard()).containsExactly("5000 bye NO_ANSWER");
        answers(cy);

        assertThat(last(ada)).contains("display");
        pbx.advance(60_000);
        assertThat(pbx.board.channels().rows()).hasSize(2);
    }

    @Test
    void callTimeoutOfTheCallerIsThatOfEveryPart() {
        bridge("{originate_timeout=50}" + BOB + ":_:" + CY, "set call_timeout=4");

        pbx.advance(4_000);

        assertThat(bob.heard()).containsExactly("4000 bye NO_ANSWER");
        assertThat(cy.heard()).containsExactly("4000 bye NO_ANSWER");
    }

    @Test
    void whoConfirmsIsNotCutShortByTheTimeOfItsPart() {
        TestClient ada = bridge("{originate_timeout=5,group_confirm_key=1,group_confirm_cancel_timeout=1}" + BOB + ":_:{originate_timeout=9}" + CY);
        pbx.advance(4_000);
        answers(bob);

        pbx.advance(3_000);
        bob.rung().channel.dtmf("1", 100);
        pbx.time.settle();

        assertThat(last(ada)).contains("display");
    }

    @Test
    void aPartGoesOnWhenAnotherHasFailed() {
        TestClient ada = bridge(BOB + "|error/user_busy:_:[leg_timeout=20]" + CY + "|error/no_route_destination");

        hangsUp(bob.rung(), Cause.CALL_REJECTED);
        assertThat(ada.heard).isEmpty();
        pbx.advance(20_000);

        assertThat(cy.heard()).containsExactly("20000 bye ALLOTTED_TIMEOUT");
        assertThat(ada.heard).containsExactly("20000 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void aLegThatRingsInVainMeansNoAnswer() {
        TestClient ada = bridge("[leg_timeout=7]" + BOB, "set continue_on_fail=false");

        pbx.advance(7_000);

        assertThat(bob.heard()).containsExactly("7000 bye ALLOTTED_TIMEOUT");
        assertThat(ada.heard).containsExactly("7000 bye NO_ANSWER");
    }

    @Test
    void theTimeLimitStandsInTheDialStringOrIsTheCallers() {
        TestClient ada = bridge("{originate_timeout=5}" + BOB, "set continue_on_fail=false");
        pbx.advance(5_000);
        assertThat(ada.heard).containsExactly("5000 bye NO_ANSWER");

        ada = bridge("{originate_timeout=5}" + BOB, "set continue_on_fail=false", "set call_timeout=3");
        pbx.advance(3_000);
        assertThat(ada.heard).containsExactly("8000 bye NO_ANSWER");
    }

    @Test
    void whoDoesNotRingInTimeIsGivenUp() {
        bob.tellsProgress = true;
        TestClient ada = bridge("{progress_timeout=3}" + BOB);
        pbx.advance(3_000);
        assertThat(bob.heard()).containsExactly("3000 bye PROGRESS_TIMEOUT");
        assertThat(ada.heard).containsExactly("3000 bye PROGRESS_TIMEOUT");

        ada = bridge("{progress_timeout=3,originate_timeout=10}" + BOB, "set continue_on_fail=false");
        bob.rung().channel.rings();
        pbx.advance(10_000);
        assertThat(ada.heard).containsExactly("13000 bye NO_ANSWER");

        ada = bridge("[leg_progress_timeout=2]" + BOB + "|" + CY);
        pbx.advance(2_000);
        assertThat(bob.heard()).containsExactly("15000 bye PROGRESS_TIMEOUT");
        assertThat(cy.clients).hasSize(1);
    }

    @Test
    void theWholeCallCanBeginLater() {
        bridge("{originate_delay_start=1500}" + BOB);

        assertThat(bob.clients).isEmpty();
        pbx.advance(1_499);
        assertThat(bob.clients).isEmpty();
        pbx.advance(1);
        assertThat(bob.clients).hasSize(1);
    }

    @Test
    void aRequiredLegEndsTheCallWhenItIsGone() {
        TestClient ada = bridge("[leg_required=true]" + BOB + "," + CY);

        hangsUp(bob.rung(), Cause.CALL_REJECTED);

        assertThat(cy.heard()).containsExactly("0 bye ORIGINATOR_CANCEL");
        assertThat(ada.heard).containsExactly("0 bye CALL_REJECTED");
    }

    @Test
    void oneRejectFailsAllWhereThatIsWanted() {
        assertRejected("{fail_on_single_reject=true}", Cause.USER_BUSY, true);
        assertRejected("{fail_on_single_reject='CALL_REJECTED,USER_BUSY'}", Cause.USER_BUSY, true);
        assertRejected("{fail_on_single_reject=CALL_REJECTED}", Cause.USER_BUSY, false);
        assertRejected("{fail_on_single_reject=!CALL_REJECTED}", Cause.USER_BUSY, true);
        assertRejected("{fail_on_single_reject=!USER_BUSY}", Cause.USER_BUSY, false);
        assertRejected("{hangup_on_single_reject=17}", Cause.USER_BUSY, true);
    }

    private void assertRejected(String variables, Cause cause, boolean all) {
        TestClient ada = bridge(variables + BOB + "," + CY);
        hangsUp(bob.rung(), cause);

        assertThat(cy.heard()).as(variables).hasSize(all ? 1 : 0);
        hangsUp(ada);
    }

    @Test
    void hangupOnSingleRejectLetsTheCallerNotGoOn() {
        TestClient ada = bridge("{hangup_on_single_reject=true}" + BOB + "," + CY, "set continue_on_fail=true");

        hangsUp(bob.rung(), Cause.USER_BUSY);

        assertThat(ada.heard).containsExactly("0 bye USER_BUSY");
    }

    @Test
    void itIsTriedAgainAsOftenAsWanted() {
        TestClient ada = bridge("{originate_retries=3,originate_retry_sleep_ms=2000}" + BOB);

        hangsUp(bob.rung(), Cause.USER_BUSY);
        pbx.advance(2_000);
        hangsUp(bob.rung(), Cause.USER_BUSY);
        pbx.advance(1_999);
        assertThat(bob.clients).hasSize(2);
        pbx.advance(1);
        hangsUp(bob.rung(), Cause.CALL_REJECTED);

        assertThat(bob.clients).hasSize(3);
        assertThat(ada.heard).containsExactly("4000 bye CALL_REJECTED");
    }

    @Test
    void notLongerThanItMayBeTried() {
        TestClient ada = bridge("{originate_retries=100,originate_retry_timeout=5}error/user_busy");

        pbx.advance(4_999);
        assertThat(ada.heard).isEmpty();
        pbx.advance(1);
        assertThat(ada.heard).containsExactly("5000 bye USER_BUSY");
    }

    @Test
    void aCallerWhoGivesUpBetweenTwoTriesIsGone() {
        TestClient ada = bridge("{originate_retries=100}error/user_busy");
        pbx.advance(500);
        hangsUp(ada);

        assertThat(ada.heard).containsExactly("500 over NORMAL_CLEARING");
    }

    @Test
    void namesAndIdsOfTheLegCanBeChosen() {
        bridge("{origination_caller_id_name=Shop,origination_caller_id_number=42,origination_callee_id_name=Robert,origination_callee_id_number=7,"
                + "origination_uuid=mine,origination_channel_name=special,origination_context=inside,origination_ani=43}" + BOB,
                "set effective_caller_id_name=Loser");

        assertThat(leg(bob)).isEqualTo("mine");
        assertThat(bob.calls.getLast().caller()).satisfies(profile -> {
            assertThat(profile.callerName()).isEqualTo("Shop");
            assertThat(profile.callerNumber()).isEqualTo("42");
            assertThat(profile.calleeName()).isEqualTo("Robert");
            assertThat(profile.calleeNumber()).isEqualTo("7");
            assertThat(profile.channelName()).isEqualTo("special");
            assertThat(profile.context()).isEqualTo("inside");
            assertThat(profile.ani()).isEqualTo("43");
        });
    }

    @Test
    void theCallerCanShowAnotherNameOrNone() {
        TestClient ada = bridge(BOB, "set effective_caller_id_name=Front Desk", "set effective_caller_id_number=100");
        assertThat(bob.calls.getLast().caller().callerName()).isEqualTo("Front Desk");
        assertThat(bob.calls.getLast().caller().callerNumber()).isEqualTo("100");
        hangsUp(ada);

        bridge("{origination_privacy=hide_name:hide_number}" + BOB);
        assertThat(bob.calls.getLast().caller().callerName()).isEqualTo("Anonymous");
        assertThat(bob.calls.getLast().caller().callerNumber()).isEqualTo("anonymous");
    }

    @Test
    void forwardsAreCountedDownAndNoLegRingsWithoutAny() {
        TestClient ada = bridge(BOB);
        assertThat(bob.calls.getLast().variables()).containsEntry("max_forwards", "69").containsEntry("signal_bond", "a");
        hangsUp(ada);

        assertThat(bridge(BOB, "set max_forwards=0").heard).containsExactly("0 bye EXCHANGE_ROUTING_ERROR");
        assertThat(bob.clients).hasSize(1);
    }

    @Test
    void theResultIsToldInVariables() {
        bridge("error/user_busy|" + BOB + "|" + CY, "set continue_on_fail=true");
        hangsUp(bob.rung(), Cause.CALL_REJECTED);
        String first = bob.clients.getLast().channel.id().value();
        answers(cy, "Cy");

        assertThat(variable("originate_disposition")).isEqualTo("SUCCESS");
        assertThat(variable("DIALSTATUS")).isEqualTo("SUCCESS");
        assertThat(variable("originate_causes")).isEqualTo("ARRAY::" + first + ";CALL_REJECTED");
        assertThat(variable("originated_legs")).contains(first + ";Outbound Call;1001").contains(leg(cy) + ";Outbound Call;1002");
        assertThat(variable("last_bridge_to")).isEqualTo(leg(cy));
    }

    @Test
    void aFailureIsToldInVariables() {
        pbx.actions("set continue_on_fail=true", "bridge error/user_busy", "park");
        pbx.call("a", "1");

        assertThat(variable("originate_disposition")).isEqualTo("USER_BUSY");
        assertThat(variable("originate_failed_cause")).isEqualTo("USER_BUSY");
        assertThat(variable("DIALSTATUS")).isEqualTo("BUSY");
    }

    @Test
    void variablesComeBackFromWhoeverAnswers() {
        bridge("{colour=red,taste=sweet}" + BOB, "set import=colour,nothing");
        answers(bob);

        assertThat(variable("colour")).isEqualTo("red");
        assertThat(variable("taste")).isEqualTo("_undef_");
    }

    @Test
    void bothSidesKnowWhoIsAtTheOther() {
        bridge(BOB);
        answers(bob, "Bob");

        assertThat(variable("bleg_callee_id_number")).isEqualTo("1001");
        assertThat(variable("aleg_source")).isEqualTo("_undef_");
        assertThat(pbx.commands.run("uuid_getvar " + leg(bob) + " aleg_caller_id_number")).isEqualTo("1000");
        assertThat(pbx.commands.run("uuid_getvar " + leg(bob) + " Other-Leg-Source")).isEqualTo("mod_verto");
        assertThat(pbx.commands.run("uuid_dump " + leg(bob))).contains("Other-Type: originator\n", "Other-Leg-Source: mod_verto\n",
                "Other-Leg-Caller-ID-Number: 1000\n");
        assertThat(pbx.commands.run("uuid_dump a")).contains("Other-Type: originatee\n", "Other-Leg-Callee-ID-Number: 1001\n");
    }

    @Test
    void aConditionCanAskForTheSourceOfACall() {
        pbx.dialplan("""
                <extension><condition field="caller-source" expression="^mod_verto$"><action application="hangup" data="PRE_EMPTED"/></condition></extension>
                """);

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye PRE_EMPTED");
    }

    @Test
    void ringbackCanBeginBeforeAnybodyRings() {
        bob.tellsProgress = true;
        TestClient ada = bridge(BOB, "set ringback=%(100,100,440)");
        assertThat(ada.heard).isEmpty();
        hangsUp(ada);

        ada = bridge("{instant_ringback=true}" + BOB, "set ringback=%(100,100,440)");
        assertThat(ada.heard).containsExactly("0 media sdp");
        assertThat(sound("a")).last().isEqualTo("play Tone[script=%(100,100,440);loops=-1]");
    }

    @Test
    void ringingCanBeKeptFromTheCaller() {
        TestClient ada = bridge("{ignore_ring_ready=true}" + BOB, "set ringback=%(100,100,440)");

        assertThat(bob.clients).hasSize(1);
        assertThat(ada.heard).isEmpty();
    }

    @Test
    void afterTheAnswerAnotherRingbackCounts() {
        TestClient ada = bridge(BOB, "answer", "set ringback=%(100,100,440)", "set transfer_ringback=%(200,200,440)");

        assertThat(sound("a")).last().isEqualTo("play Tone[script=%(200,200,440);loops=-1]");
        hangsUp(ada);
    }

    @Test
    void aBusyUserIsCalledAgainWhileTheCallerHearsMusic() {
        TestClient ada = bridge(BOB, "set campon=true", "set campon_sleep=5");
        hangsUp(bob.rung(), Cause.USER_BUSY);
        assertThat(sound("a")).last().isEqualTo("play Music[]");
        pbx.advance(5_000);
        assertThat(bob.clients).hasSize(2);
        pbx.advance(10_000);
        assertThat(bob.heard()).containsExactly("15000 bye NO_ANSWER");
        pbx.advance(5_000);
        answers(bob);

        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        hangsUp(ada);
    }

    @Test
    void whoHasNoMorePatienceGoesElsewhere() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="set" data="campon=true"/><action application="set" data="campon_stop_key=*"/>
                  <action application="set" data="campon_fallback_exten=9196"/>
                  <action application="bridge" data="error/user_busy"/></condition></extension>
                """ + ECHO);
        TestClient ada = pbx.call("a", "1");
        ada.channel.dtmf("5", 0);
        pbx.time.settle();
        assertThat(sound("a")).last().isEqualTo("play Music[]");
        ada.channel.dtmf("*", 0);
        pbx.time.settle();

        assertThat(sound("a")).last().isEqualTo("route Echo");

        pbx.actions("set campon=true", "set campon_retries=2", "set campon_sleep=1", "bridge error/user_busy");
        TestClient other = pbx.call("b", "1");
        pbx.advance(2_000);
        assertThat(other.heard).last().isEqualTo("2000 bye USER_BUSY");
    }

    @Test
    void whoAnswersConfirmsByAKey() {
        bridge("{group_confirm_key=1,group_confirm_file='tone_stream://%(100,0,440)',group_confirm_error_file='tone_stream://%(100,0,220)'}"
                + BOB + "," + CY);
        answers(bob);
        assertThat(sound(leg(bob))).last().isEqualTo("play Tone[script=%(100,0,440)]");
        assertThat(cy.heard()).isEmpty();

        bob.rung().channel.dtmf("2", 0);
        pbx.time.settle();
        assertThat(sound(leg(bob))).last().isEqualTo("play Tone[script=%(100,0,220)]");
        pbx.advance(5_000);
        assertThat(sound(leg(bob))).last().isEqualTo("play Tone[script=%(100,0,440)]");
        bob.rung().channel.dtmf("1", 0);
        pbx.time.settle();

        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        assertThat(cy.heard()).containsExactly("5000 bye LOSE_RACE");
    }

    @Test
    void oneOfTwoWhoConfirmIsTooLate() {
        bridge("{group_confirm_key=12}" + BOB + "," + CY);
        answers(bob);
        answers(cy);

        cy.rung().channel.dtmf("912", 0);
        pbx.time.settle();

        assertThat(sound("a")).last().isEqualTo("bridge " + leg(cy));
        assertThat(last(bob.rung())).isEqualTo("0 bye LOSE_RACE");
    }

    @Test
    void confirmingIsBoundedInTimeUnlessItIsNotToBe() {
        TestClient ada = bridge("{group_confirm_key=1,group_confirm_timeout=4}" + BOB, "set continue_on_fail=false");
        answers(bob);
        pbx.advance(4_000);
        assertThat(last(bob.rung())).isEqualTo("4000 bye NO_ANSWER");
        assertThat(ada.heard).containsExactly("4000 bye NO_ANSWER");

        ada = bridge("{group_confirm_key=1,group_confirm_cancel_timeout=true,originate_timeout=10}" + BOB);
        pbx.advance(9_000);
        answers(bob);
        pbx.advance(60_000);
        assertThat(ada.heard).isEmpty();
        bob.rung().channel.dtmf("1", 0);
        pbx.time.settle();
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void anApplicationCanConfirm() {
        pbx.actions("bridge {group_confirm_key=exec,group_confirm_file='playback tone_stream://%(100,0,440)'}" + BOB);
        pbx.call("a", "1");
        answers(bob);
        assertThat(sound(leg(bob))).last().isEqualTo("play Tone[script=%(100,0,440)]");

        pbx.media.of(leg(bob)).playbackEnds();
        pbx.time.settle();

        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void earlyMediaIsHeardUntilTheAnswer() {
        TestClient ada = bridge(BOB, "set ringback=%(100,100,440)");
        assertThat(bob.rung().channel.early(TestSdp.ANSWER_OPUS)).isEqualTo(AnswerResult.ANSWERED);
        pbx.time.settle();

        assertThat(ada.heard).containsExactly("0 media sdp");
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        answers(bob);
        assertThat(ada.heard).startsWith("0 media sdp", "0 answer");
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void theRingingComesBackWhenTheEarlyMediaIsGone() {
        TestClient ada = bridge(BOB + "," + CY, "set ringback=%(100,100,440)");
        bob.rung().channel.early(TestSdp.ANSWER_OPUS);
        pbx.time.settle();
        cy.rung().channel.early(TestSdp.ANSWER_OPUS);
        pbx.time.settle();
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));

        hangsUp(bob.rung(), Cause.USER_BUSY);

        assertThat(sound("a")).last().isEqualTo("route Silent");
        assertThat(ada.heard).containsExactly("0 media sdp");
    }

    @Test
    void earlyMediaCanBeIgnoredOrStandForRinging() {
        bob.tellsProgress = true;
        for (String ignored : new String[] {"true", "consume"}) {
            TestClient ada = bridge("{ignore_early_media=" + ignored + "}" + BOB, "set ringback=%(100,100,440)");
            bob.rung().channel.early(TestSdp.ANSWER_OPUS);
            pbx.time.settle();
            assertThat(ada.heard).as(ignored).isEmpty();
            hangsUp(ada);
        }
        TestClient ada = bridge("{ignore_early_media=ring_ready}" + BOB, "set ringback=%(100,100,440)");
        bob.rung().channel.early(TestSdp.ANSWER_OPUS);
        pbx.time.settle();
        assertThat(ada.heard).containsExactly("0 media sdp");
        assertThat(sound("a")).last().isEqualTo("play Tone[script=%(100,100,440);loops=-1]");
    }

    @Test
    void earlyMediaWithoutAnAnswerComesToAnEnd() {
        TestClient ada = bridge("{bridge_answer_timeout=8}" + BOB, "set continue_on_fail=false");
        pbx.advance(3_000);
        bob.rung().channel.early(TestSdp.ANSWER_OPUS);
        pbx.advance(8_000);

        assertThat(ada.heard).containsExactly("3000 media sdp", "11000 bye NO_ANSWER");
    }

    @Test
    void earlyMediaThatCannotBeUsedEndsThatLeg() {
        TestClient ada = bridge(BOB);

        assertThat(bob.rung().channel.early(TestSdp.UNUSABLE)).isEqualTo(AnswerResult.CODEC_ERROR);
        pbx.time.settle();

        assertThat(ada.heard).containsExactly("0 bye INCOMPATIBLE_DESTINATION");
    }

    @Test
    void codecsOfTheLegFollowTheCallersChoiceAndItsOwnList() {
        assertOffered("", TestSdp.PCMU, true, "0 102 8"); // the caller's own first, the device's list behind it
        assertOffered("", TestSdp.PCMU, false, "0 102 8"); // nothing agreed yet: what he can have comes first
        assertOffered("", new io.jverto.wire.sdp.SdpText(TestSdp.OPUS.value().replace("111 0 126", "8 0 111 126")), false, "8 0 102");
        assertOffered("", TestSdp.UNUSABLE, false, "102 0 8");
        assertOffered("{inherit_codec=true}", TestSdp.PCMU, false, "0 102 8");
        assertOffered("{codec_string='=PCMA'}", TestSdp.PCMU, false, "8");
        assertOffered("{absolute_codec_string=PCMA}", TestSdp.PCMU, true, "8");
        assertOffered("{codec_string=PCMA}", TestSdp.PCMU, true, "0 8");
        assertOffered("{codec_string='=PCMA'}", TestSdp.PCMU, true, "8");
        assertOffered("{inherit_codec=true}", TestSdp.PCMU, true, "0");
    }

    private void assertOffered(String variables, io.jverto.wire.sdp.SdpText callersOffer, boolean answered, String payloads) {
        pbx.actions(answered ? "answer" : "set x=1", "bridge " + variables + BOB);
        TestClient caller = pbx.call("c", "1", callersOffer, Map.of());
        String line = bob.calls.getLast().offer().value().lines().filter(one -> one.startsWith("m=audio")).findFirst().orElseThrow();
        String audio = line.replaceFirst("m=audio [0-9]+ UDP/TLS/RTP/SAVPF ", "").replaceAll(" ?\\b(10[013]|13)\\b", "").trim();
        assertThat(audio).as(variables).isEqualTo(payloads);
        hangsUp(caller);
    }

    @Test
    void severalDevicesOfAUserRingAndTheOthersAreToldThatSomebodyWasFaster() {
        Phone tablet = pbx.phones.add("1001@example.org", "tablet");
        bridge("user/1001");

        answers(tablet);

        assertThat(bob.heard()).containsExactly("0 bye LOSE_RACE");
    }
}
