package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.TransferWatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Ada, Bob and Cy: what becomes of a transfer, and of the call that asked for it.
class WatchedTransferTest extends ThreeParties {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final TransferWatch watch = new TransferWatch() {
        @Override
        public void rings() {
            told.add("rings");
        }

        @Override
        public void arrived() {
            told.add("arrived");
        }

        @Override
        public void failed(Cause cause) {
            told.add("failed " + cause);
        }
    };

    private TransferResult transfer(TestClient call, String destination) {
        TransferResult result = pbx.board.transfer(call.channel.id(), destination, Map.of("ticket", "7"), watch);
        pbx.time.settle();
        return result;
    }

    @Test
    void theCallEndsWhenItsPartnerHasArrived() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(transfer(ada, "1002")).isEqualTo(TransferResult.DONE);
        assertThat(last(ada)).doesNotContain("bye");
        assertThat(sound("a")).last().isEqualTo("play Music[]");
        answers(cy, "Cy");

        assertThat(told).containsExactly("rings", "arrived");
        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(sound(leg(bob))).last().isEqualTo("bridge " + leg(cy));
        assertThat(pbx.board.get(bob.rung().channel.id(), "ticket")).contains("7");
    }

    @Test
    void thePartnerComesBackWhenNobodyWantsHim() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        transfer(ada, "1002");

        hangsUp(cy.rung(), Cause.USER_BUSY);

        assertThat(told).containsExactly("rings", "failed USER_BUSY");
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        assertThat(last(ada)).doesNotContain("bye");
        hangsUp(bob.rung());
        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void whoIsBackCanBeSentElsewhere() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        transfer(ada, "77");
        assertThat(told).containsExactly("failed NO_ROUTE_DESTINATION");

        assertThat(transfer(ada, "9196")).isEqualTo(TransferResult.DONE);

        assertThat(told).containsExactly("failed NO_ROUTE_DESTINATION", "arrived");
        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(sound(leg(bob))).last().isEqualTo("route Echo");
    }

    @Test
    void whoWasCalledHasHisCallerBackToo() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        transfer(bob.rung(), "1002");
        hangsUp(cy.rung(), Cause.CALL_REJECTED);

        assertThat(told).containsExactly("rings", "failed CALL_REJECTED");
        assertThat(sound(leg(bob))).last().isEqualTo("bridge a");
        hangsUp(bob.rung());
        assertThat(last(ada)).contains("bye");
    }

    @Test
    void aPartnerWhoHangsUpOnTheWayEndsTheCall() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        transfer(ada, "1002");

        hangsUp(bob.rung());

        assertThat(told).containsExactly("rings", "failed ORIGINATOR_CANCEL");
        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(last(cy.rung())).contains("bye");
    }

    @Test
    void whoHangsUpAfterHisTransferHasNobodyBack() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        transfer(ada, "1002");
        hangsUp(ada);
        assertThat(last(bob.rung())).doesNotContain("bye");

        hangsUp(cy.rung(), Cause.USER_BUSY);

        assertThat(last(bob.rung())).isEqualTo("0 bye USER_BUSY");
    }

    @Test
    void aDialplanThatGoesOnAfterABusyTelephoneIsNoFailure() {
        pbx.dialplan(ECHO + USERS + """
                <extension name="or else"><condition field="destination_number" expression="^8(10..)$">
                  <action application="set" data="continue_on_fail=true"/><action application="bridge" data="user/$1@example.org"/>
                  <action application="answer"/><action application="echo"/></condition></extension>
                """);
        TestClient ada = calls("a", bob, "1001", "Bob");
        transfer(ada, "81002");

        hangsUp(cy.rung(), Cause.USER_BUSY);

        assertThat(told).containsExactly("rings", "arrived");
        assertThat(sound(leg(bob))).last().isEqualTo("route Echo");
    }

    @Test
    void nobodyIsSentWhereNobodyTalks() {
        TestClient ada = pbx.call("a", "9196");

        assertThat(transfer(ada, "1002")).isEqualTo(TransferResult.NOT_BRIDGED);
        assertThat(pbx.board.transfer(new ChannelId("nobody"), "1002", Map.of(), watch)).isEqualTo(TransferResult.FAILED);
        assertThat(told).isEmpty();
        assertThat(ada.heard).containsExactly("0 answer sdp");
    }
}
