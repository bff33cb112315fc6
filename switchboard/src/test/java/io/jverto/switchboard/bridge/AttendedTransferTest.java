package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ada talks with Bob, and Bob asks Cy whether he takes her (`att_xfer`). Or Ada asks Cy whether she takes Bob.
class AttendedTransferTest extends ThreeParties {
    private TestClient ada;

    @BeforeEach
    void aWayToAskCy() {
        pbx.dialplan(ECHO + USERS + """
                <extension name="ask"><condition field="destination_number" expression="^ask$">
                  <action application="att_xfer" data="user/1002@example.org"/></condition></extension>
                <extension name="nobody"><condition field="destination_number" expression="^nobody$">
                  <action application="att_xfer" data="error/user_busy"/></condition></extension>
                <extension name="again"><condition field="destination_number" expression="^again$">
                  <action application="att_xfer" data="{originate_retries=3,originate_retry_sleep_ms=5000}error/user_busy"/></condition></extension>
                """);
        ada = calls("ada", bob, "1001", "Bob");
    }

    private void asks(TestClient who, String whom) {
        execute(who.channel, whom);
    }

    private void execute(ChannelRef call, String extension) {
        pbx.board.execute(call.id(), new Execution.Order("execute_extension", extension, "", 1));
        pbx.time.settle();
    }

    private void press(TestClient client, char key) {
        client.channel.dtmf(String.valueOf(key), 0);
        pbx.time.settle();
    }

    private String result(String channel) {
        return pbx.records.stream().filter(record -> record.id().value().equals(channel))
                .map(record -> record.variables().getOrDefault("att_xfer_result", "")).findFirst().orElse("no record");
    }

    @Test
    void thePartnerHearsMusicWhileTheThirdIsAsked() {
        asks(bob.rung(), "ask");
        assertThat(sound("ada")).last().isEqualTo("play Music[]");
        assertThat(cy.calls.getLast().caller().callerNumber()).isEqualTo("1001");

        answers(cy, "Cy");

        assertThat(sound("ada")).last().isEqualTo("play Music[]");
        assertThat(sound(leg(bob))).last().isEqualTo("bridge " + leg(cy));
    }

    @Test
    void whoHangsUpJoinsThePartnerAndTheThird() {
        asks(bob.rung(), "ask");
        answers(cy, "Cy");

        hangsUp(bob.rung());

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(cy));
        assertThat(last(ada)).isEqualTo("0 display Cy 1002 of Tester 1000 1000 to Cy 1002");
        assertThat(result(leg(bob))).isEqualTo("success");
        hangsUp(ada);
        assertThat(last(cy.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void whoHangsUpWhileTheThirdStillRingsLeavesThatToThePartner() {
        asks(bob.rung(), "ask");

        hangsUp(bob.rung());
        assertThat(cy.heard()).isEmpty();
        assertThat(sound("ada")).last().isEqualTo("play Music[]");
        answers(cy, "Cy");

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(cy));
        assertThat(result(leg(bob))).isEqualTo("success");
    }

    /// As `sendmsg` and `uuid_broadcast` order it: an application by its name, its argument as data.
    @Test
    void aProgramCanOrderItByItsName() {
        pbx.board.execute(bob.rung().channel.id(), new Execution.Order("att_xfer", "user/1002@example.org", "", 1));
        pbx.time.settle();
        assertThat(sound("ada")).last().isEqualTo("play Music[]");
        answers(cy, "Cy");
        assertThat(sound(leg(bob))).last().isEqualTo("bridge " + leg(cy));

        hangsUp(bob.rung());

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(cy));
        assertThat(result(leg(bob))).isEqualTo("success");
    }

    @Test
    void theCallerCanDoTheSame() {
        asks(ada, "ask");
        answers(cy, "Cy");
        assertThat(sound(leg(bob))).last().isEqualTo("play Music[]");

        hangsUp(ada);

        assertThat(sound(leg(bob))).last().isEqualTo("bridge " + leg(cy));
        hangsUp(cy.rung());
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void bothKeysGoBackToThePartnerAndLetTheThirdGo() {
        for (char key : "#*".toCharArray()) {
            asks(bob.rung(), "ask");
            answers(cy, "Cy");

            press(bob.rung(), key);

            assertThat(last(cy.rung())).isEqualTo("0 bye NORMAL_CLEARING");
            assertThat(sound("ada")).last().isEqualTo("bridge " + leg(bob));
            assertThat(pbx.variable(bob.rung(), "att_xfer_result")).isEqualTo("failure");
        }
    }

    @Test
    void theKeysCanBeOthers() {
        pbx.board.set(bob.rung().channel.id(), "attxfer_cancel_key", "7");
        asks(bob.rung(), "ask");
        answers(cy, "Cy");

        press(bob.rung(), '#');
        assertThat(sound(leg(cy))).last().isEqualTo("dtmf #");
        press(bob.rung(), '7');

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void keysOfTheThirdAreDigitsAndNothingElse() {
        asks(bob.rung(), "ask");
        answers(cy, "Cy");

        press(cy.rung(), '#');

        assertThat(sound(leg(bob))).last().isEqualTo("dtmf #");
    }

    @Test
    void aKeyGivesUpWhileTheThirdRings() {
        asks(bob.rung(), "ask");

        press(bob.rung(), '#');

        assertThat(last(cy.rung())).isEqualTo("0 bye ORIGINATOR_CANCEL");
        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void theKeyForThatCanBeAnother() {
        pbx.board.set(bob.rung().channel.id(), "origination_cancel_key", "9");
        asks(bob.rung(), "ask");

        press(bob.rung(), '#');
        assertThat(cy.heard()).isEmpty();
        press(bob.rung(), '9');

        assertThat(last(cy.rung())).isEqualTo("0 bye ORIGINATOR_CANCEL");
    }

    @Test
    void allThreeTalkAndThenTheTwoThatStay() {
        asks(bob.rung(), "ask");
        answers(cy, "Cy");

        press(bob.rung(), '0');
        assertThat(sound("ada")).last().isEqualTo("listen to " + leg(bob) + ", heard by BOTH");
        assertThat(sound(leg(cy))).noneMatch(line -> line.startsWith("dtmf"));
        hangsUp(bob.rung());

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(cy));
    }

    @Test
    void whenTheThirdLeavesTheThreeThePartnerIsThere() {
        asks(bob.rung(), "ask");
        answers(cy, "Cy");
        press(bob.rung(), '0');

        hangsUp(cy.rung());

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void whoCannotBeReachedBringsThePartnerBack() {
        asks(bob.rung(), "nobody");

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(bob));
        assertThat(pbx.variable(bob.rung(), "att_xfer_result")).isEqualTo("failure");
        press(ada, '5');
        assertThat(sound(leg(bob))).last().isEqualTo("dtmf 5");
        hangsUp(ada);
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void nobodyWhoAnswersInTimeBringsThePartnerBack() {
        asks(bob.rung(), "ask");

        pbx.advance(60_000);

        assertThat(last(cy.rung())).isEqualTo("60000 bye NO_ANSWER");
        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void aPartnerWhoHangsUpWhileTheThirdRingsEndsItAll() {
        asks(bob.rung(), "ask");

        hangsUp(ada);

        assertThat(last(cy.rung())).isEqualTo("0 bye ORIGINATOR_CANCEL");
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void aPartnerWhoHangsUpLaterLeavesTheTwoWhoTalk() {
        asks(bob.rung(), "ask");
        answers(cy, "Cy");

        hangsUp(ada);
        press(bob.rung(), '#');

        assertThat(sound(leg(cy))).last().isEqualTo("dtmf #");
        hangsUp(cy.rung());
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void aPartnerWhoIsSentElsewhereMeanwhileIsLeftAlone() {
        asks(bob.rung(), "ask");
        answers(cy, "Cy");

        pbx.board.execute(ada.channel.id(), new Execution.Order("transfer", "9196", "", 1));
        pbx.time.settle();
        hangsUp(bob.rung());

        assertThat(sound("ada")).last().isEqualTo("route Echo");
        assertThat(last(cy.rung())).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void whoHangsUpWhileNobodyRingsLeavesNobodyWaiting() {
        asks(bob.rung(), "again");
        assertThat(sound("ada")).last().isEqualTo("play Music[]");

        hangsUp(bob.rung());

        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void whoTalksWithNobodyTransfersNobody() {
        TestClient alone = pbx.call("alone", "9196");

        asks(alone, "ask");

        assertThat(sound("alone")).last().isEqualTo("route Echo");
        assertThat(pbx.variable(alone, "att_xfer_result")).isEqualTo("failure");
    }

    /// Whatever is done in which order, whoever is left talks with somebody who talks with him, or waits for one who rings.
    @Test
    void nobodyIsLeftBehindWhateverTheOrder() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            TestClient caller = seed == 0 ? ada : calls("ada" + seed, bob, "1001", "Bob");
            TestClient called = bob.rung();
            int before = cy.clients.size();
            TestClient asker = random.nextBoolean() ? called : caller;
            asks(asker, random.nextInt(8) == 0 ? "nobody" : "ask");
            List<String> done = new ArrayList<>();
            for (int step = 0; step < 6; step++) {
                done.add(something(random, caller, called, before));
            }
            pbx.advance(70_000);
            // one may still wait while the two others talk
            assertThat(loose()).as("seed %d: %s", seed, done).hasSizeLessThanOrEqualTo(pbx.board.channels().rows().size() == 3 ? 1 : 0);
            hangsUp(asker);
            pbx.advance(70_000);
            assertThat(loose()).as("seed %d, at the end: %s", seed, done).isEmpty();
            pbx.board.hangupAll(Cause.NORMAL_CLEARING);
            pbx.time.settle();
            assertThat(pbx.board.channels().rows()).as("seed %d: %s", seed, done).isEmpty();
        }
    }

    private String something(Random random, TestClient caller, TestClient called, int before) {
        boolean asked = cy.clients.size() > before;
        List<TestClient> all = asked ? List.of(caller, called, cy.rung()) : List.of(caller, called);
        TestClient one = all.get(random.nextInt(all.size()));
        String what = switch (random.nextInt(6)) {
            case 0, 1 -> {
                one.channel.hangup(Cause.NORMAL_CLEARING, true);
                yield "hangs up";
            }
            case 2 -> {
                if (asked) {
                    cy.rung().channel.hangup(Cause.USER_BUSY, true);
                }
                yield "refused";
            }
            case 3 -> {
                char key = "#*05".charAt(random.nextInt(4));
                one.channel.dtmf(String.valueOf(key), 0);
                yield "presses " + key;
            }
            default -> {
                if (asked) {
                    answers(cy, "Cy");
                }
                yield "answered";
            }
        };
        if (random.nextBoolean()) { // else the next comes in the same moment
            pbx.time.settle();
        }
        return one.channel.id() + " " + what;
    }

    /// @return who is there and talks with nobody, or with one who does not talk with him
    private List<String> loose() {
        return pbx.board.channels().rows().stream()
                .map(ChannelRow::id)
                .map(id -> (ChannelHandle) pbx.board.find(id).orElseThrow())
                .filter(channel -> channel.partner().flatMap(partner -> partner.partner()).filter(channel::equals).isEmpty())
                .map(channel -> channel.id().value())
                .toList();
    }
}
