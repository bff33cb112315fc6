package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import org.junit.jupiter.api.Test;

/// Ada, Bob and Cy: who transfers whom to whom.
class TransferTest extends ThreeParties {
    private TransferResult transfer(TestClient call, String destination) {
        TransferResult result = pbx.board.transfer(call.channel.id(), destination);
        pbx.time.settle();
        return result;
    }

    private TransferResult replace(TestClient call, TestClient other) {
        TransferResult result = pbx.board.replace(call.channel.id(), other.channel.id());
        pbx.time.settle();
        return result;
    }

    @Test
    void whoWasCalledSendsTheCallerToAnApplication() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(transfer(bob.rung(), "9196")).isEqualTo(TransferResult.DONE);

        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(ada.heard).noneMatch(line -> line.contains("bye"));
        assertThat(pbx.media.of("a").log).last().isEqualTo("route Echo");
    }

    @Test
    void theCallerSendsWhomHeCalledToAnApplication() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(transfer(ada, "9196")).isEqualTo(TransferResult.DONE);

        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(bob.heard()).noneMatch(line -> line.contains("bye"));
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("route Echo");
    }

    @Test
    void whoIsSentOnToAnotherUserIsHisCallerThen() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        transfer(ada, "1002");
        assertThat(cy.calls.getLast().caller().callerName()).isEqualTo("Bob");
        assertThat(cy.calls.getLast().caller().callerNumber()).isEqualTo("1001");
        answers(cy, "Cy");

        // For its client the call is still one that it received: the other party stands where the caller does.
        assertThat(last(bob.rung())).isEqualTo("0 display Cy 1002 of Cy 1002 to Bob 1001");
        assertThat(last(cy.rung())).isEqualTo("0 display Bob 1001 of Bob 1001 to Cy 1002");
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("bridge " + leg(cy));

        cy.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void whoIsSentOnAfterThatCanBeSentOnAgain() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        transfer(ada, "1002");
        answers(cy, "Cy");

        assertThat(transfer(cy.rung(), "9196")).isEqualTo(TransferResult.DONE);

        assertThat(last(cy.rung())).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("route Echo");
    }

    @Test
    void aCallThatTalksWithNobodyTransfersNobody() {
        TestClient ada = pbx.call("a", "9196");

        assertThat(transfer(ada, "1002")).isEqualTo(TransferResult.NOT_BRIDGED);
        assertThat(pbx.board.transfer(new ChannelId("nobody"), "1002")).isEqualTo(TransferResult.FAILED);
        assertThat(ada.heard).containsExactly("0 answer sdp");
    }

    @Test
    void aNumberThatDoesNotExistEndsWhoWasSentThere() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        transfer(ada, "77");

        assertThat(last(bob.rung())).isEqualTo("0 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void aHeldCallCanBeTransferred() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        ((CallRef) ada.channel).hold(HoldWish.HOLD);

        transfer(ada, "9196");

        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("route Echo");
    }

    /// Ada is called by nobody here: she placed both calls.
    @Test
    void bothPartnersAreJoinedAndBothCallsEnd() {
        TestClient first = calls("a1", bob, "1001", "Bob");
        ((CallRef) first.channel).hold(HoldWish.HOLD);
        TestClient second = calls("a2", cy, "1002", "Cy");

        assertThat(replace(second, first)).isEqualTo(TransferResult.DONE);

        assertThat(last(second)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(last(first)).isEqualTo("0 bye ATTENDED_TRANSFER");
        assertThat(last(bob.rung())).isEqualTo("0 display Cy 1002 of Cy 1002 to Bob 1001");
        assertThat(last(cy.rung())).isEqualTo("0 display Bob 1001 of Bob 1001 to Cy 1002");
        assertThat(pbx.media.of(leg(cy)).log).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void afterAnAttendedTransferEitherEndsTheTalk() {
        for (Phone hangsUp : new Phone[] {bob, cy}) {
            TestClient first = calls("a1", bob, "1001", "Bob");
            TestClient second = calls("a2", cy, "1002", "Cy");
            replace(second, first);

            hangsUp.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
            pbx.time.settle();

            assertThat(last(hangsUp.rung())).isEqualTo("0 over NORMAL_CLEARING");
            assertThat(last(hangsUp == bob ? cy.rung() : bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
        }
    }

    /// The usual case: somebody calls Bob, Bob asks Cy, and hands the caller on.
    @Test
    void theCallerIsHandedOnToWhomWasAsked() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        TestClient bobsFirst = bob.rung();
        TestClient bobsSecond = calls("b", cy, "1002", "Cy");

        assertThat(replace(bobsSecond, bobsFirst)).isEqualTo(TransferResult.DONE);

        assertThat(last(bobsFirst)).isEqualTo("0 bye ATTENDED_TRANSFER");
        assertThat(last(bobsSecond)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(last(ada)).isEqualTo("0 display Cy 1002 of Tester 1000 1000 to Cy 1002");
        assertThat(last(cy.rung())).isEqualTo("0 display Tester 1000 1000 of Tester 1000 1000 to Cy 1002");
        ada.channel.dtmf("5", 0);
        pbx.time.settle();
        assertThat(pbx.media.of(leg(cy)).log).last().isEqualTo("dtmf 5");
    }

    @Test
    void digitsAndHoldWorkBothWaysAfterwards() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        TestClient bobsFirst = bob.rung();
        replace(calls("b", cy, "1002", "Cy"), bobsFirst);

        ((CallRef) cy.rung().channel).hold(HoldWish.HOLD);
        pbx.time.settle();
        assertThat(pbx.media.of("a").log).last().isEqualTo("play Music[]");
        ((CallRef) cy.rung().channel).hold(HoldWish.UNHOLD);
        ((CallRef) ada.channel).hold(HoldWish.HOLD);
        pbx.time.settle();
        assertThat(pbx.media.of(leg(cy)).log).last().isEqualTo("play Music[]");
    }

    @Test
    void whereOneCallTalksWithNobodyTheOtherPartyGoesThere() {
        TestClient first = calls("a1", bob, "1001", "Bob");
        TestClient second = pbx.call("a2", "9196");

        assertThat(replace(first, second)).isEqualTo(TransferResult.DONE);

        assertThat(last(first)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(last(second)).isEqualTo("0 bye ATTENDED_TRANSFER");
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("route Echo");
    }

    @Test
    void theSameTheOtherWayRound() {
        TestClient first = calls("a1", bob, "1001", "Bob");
        TestClient second = pbx.call("a2", "9196");

        assertThat(replace(second, first)).isEqualTo(TransferResult.DONE);

        assertThat(last(first)).isEqualTo("0 bye ATTENDED_TRANSFER");
        assertThat(last(second)).isEqualTo("0 bye ATTENDED_TRANSFER");
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("route Echo");
    }

    @Test
    void twoCallsThatTalkWithNobodyAreNotJoined() {
        TestClient first = pbx.call("a1", "9196");
        TestClient second = pbx.call("a2", "9196");

        assertThat(replace(second, first)).isEqualTo(TransferResult.FAILED);
        assertThat(replace(first, first)).isEqualTo(TransferResult.FAILED);
        assertThat(last(first)).isEqualTo("0 answer sdp");
    }

    @Test
    void twoCallsThatTalkWithEachOtherAreNotJoined() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(replace(ada, bob.rung())).isEqualTo(TransferResult.FAILED);
        assertThat(last(ada)).contains("display");
    }

    /// Ada hands Bob over while Cy still rings.
    @Test
    void whoStillRingsIsHandedOverAndAnswersTheOther() {
        TestClient first = calls("a1", bob, "1001", "Bob");
        TestClient second = pbx.call("a2", "1002");

        assertThat(replace(first, second)).isEqualTo(TransferResult.DONE);
        assertThat(last(first)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(last(second)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("play Music[]");
        assertThat(cy.heard()).isEmpty();

        answers(cy, "Cy");
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("bridge " + leg(cy));
        assertThat(last(bob.rung())).isEqualTo("0 display Cy 1002 of Cy 1002 to Bob 1001");
        cy.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void whoStillRingsAndThenRefusesEndsWhoWaitsForHim() {
        TestClient first = calls("a1", bob, "1001", "Bob");
        replace(first, pbx.call("a2", "1002"));

        cy.rung().channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();

        assertThat(last(bob.rung())).isEqualTo("0 bye USER_BUSY");
    }

    @Test
    void whoWaitsForOneWhoRingsMayGiveUp() {
        TestClient first = calls("a1", bob, "1001", "Bob");
        replace(first, pbx.call("a2", "1002"));

        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(last(cy.rung())).isEqualTo("0 bye ORIGINATOR_CANCEL");
    }

    @Test
    void theRingingIsBoundedInTimeAsItWas() {
        TestClient first = calls("a1", bob, "1001", "Bob");
        replace(first, pbx.call("a2", "1002"));

        pbx.advance(60_000);

        assertThat(last(cy.rung())).isEqualTo("60000 bye NO_ANSWER");
        assertThat(last(bob.rung())).isEqualTo("60000 bye NO_ANSWER");
    }

    @Test
    void s12ADestinationOfATransferIsDataAndNothingElse() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        transfer(ada, "${api_hangup_hook}9196 XML other,error/user_busy");

        assertThat(last(bob.rung())).isEqualTo("0 bye NO_ROUTE_DESTINATION");
    }
}
