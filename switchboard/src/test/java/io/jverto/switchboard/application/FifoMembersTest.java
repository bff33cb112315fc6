package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Queues that call their members.
class FifoMembersTest {
    private static final String BOB = "{member_wait=nowait}user/1001@example.org";
    private static final String CY = "user/1002@example.org";

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");
    private final Phone cy = pbx.phones.add("1002@example.org", "cy");

    @BeforeEach
    void aQueue() {
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        pbx.actions("fifo desk in");
    }

    @AfterEach
    void nothingIsLeft() {
        run("fifo_member del desk " + BOB);
        run("fifo_member del desk " + CY);
        pbx.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        pbx.advance(60_000);
        assertThat(pbx.board.channels().rows()).isEmpty();
        assertThat(pbx.media.open).hasValue(0);
        assertThat(run("fifo count")).isEqualTo("none\n");
    }

    @Test
    void aMemberIsCalledForACallerAndGoesWhenHeHasServedHim() {
        assertThat(run("fifo_member add desk " + BOB + " 1 20 10")).isEqualTo("+OK\n");
        assertThat(bob.calls).as("nobody waits").isEmpty();
        TestClient ada = pbx.call("a", "1");
        assertThat(bob.calls.getLast().caller().callerNumber()).isEqualTo("1000");
        assertThat(run("fifo count")).isEqualTo("desk:0:1:1:1:0\n");

        answers(bob);
        assertThat(pbx.media.of("a").log).last().isEqualTo("bridge " + bob.rung().channel.id().value());
        hangsUp(ada);
        assertThat(bob.rung().heard).last().asString().endsWith("bye NORMAL_CLEARING");
        assertThat(run("fifo count")).isEqualTo("desk:0:0:1:0:0\n");
    }

    @Test
    void whoStaysOnTheLineServesTheNextWithoutBeingCalled() {
        run("fifo_member add desk " + CY);
        TestClient ada = pbx.call("a", "1");
        answers(cy);
        hangsUp(ada);
        pbx.advance(10_000); // his wrap-up is over

        pbx.call("b", "1");
        assertThat(cy.calls).hasSize(1);
        assertThat(pbx.media.of("b").log).last().isEqualTo("bridge " + cy.rung().channel.id().value());
    }

    @Test
    void asManyAreCalledAsCallersWaitAndWhoIsNotNeededAnyMoreStopsRinging() {
        run("fifo_member add desk " + BOB);
        run("fifo_member add desk " + CY);
        TestClient ada = pbx.call("a", "1");
        assertThat(cy.calls).isEmpty();
        pbx.call("b", "1");
        assertThat(bob.calls).hasSize(1);
        assertThat(cy.calls).hasSize(1);

        hangsUp(ada);
        assertThat(cy.rung().heard).last().asString().contains("bye ");
        assertThat(run("fifo count")).isEqualTo("desk:0:1:2:1:0\n");
        answers(bob);
        assertThat(pbx.media.of("b").log).last().isEqualTo("bridge " + bob.rung().channel.id().value());
    }

    @Test
    void whoDoesNotComeRestsAndIsCalledAgainWhileSomebodyWaits() {
        run("fifo_member add desk " + BOB + " 1 20 10");
        pbx.call("a", "1");
        pbx.advance(20_000);
        assertThat(bob.rung().heard).last().asString().contains("bye ");
        assertThat(bob.calls).hasSize(1);

        pbx.advance(9_000);
        assertThat(bob.calls).hasSize(1);
        pbx.advance(1_500);
        assertThat(bob.calls).hasSize(2);
    }

    @Test
    void anotherIsCalledWhenOneIsBusy() {
        run("fifo_member add desk error/user_busy 1 20 600");
        run("fifo_member add desk " + BOB);
        pbx.call("a", "1");
        pbx.time.settle();

        assertThat(bob.calls).hasSize(1);
        run("fifo_member del desk error/user_busy");
    }

    @Test
    void nobodyIsCalledWhileSomebodyIsThereToServe() {
        run("fifo_member add desk " + BOB);
        pbx.actions("fifo desk out wait");
        pbx.call("c", "1");
        pbx.actions("fifo desk in");
        pbx.call("a", "1");

        assertThat(bob.calls).isEmpty();
        assertThat(pbx.media.of("c").log).last().isEqualTo("bridge a");
    }

    @Test
    void whoIsAddedWhileSomebodyWaitsIsCalledAtOnceAndForAWhileIfWanted() {
        pbx.call("a", "1");
        assertThat(run("fifo_member add desk " + BOB + " 1 20 5 30")).isEqualTo("+OK\n");
        pbx.time.settle();
        assertThat(bob.calls).hasSize(1);
        pbx.advance(60_000);

        assertThat(bob.calls).as("after 30 seconds he is a member no more").hasSize(2);
        assertThat(run("fifo_member del desk " + BOB)).isEqualTo("-ERR no such member\n");
    }

    @Test
    void theCommandSaysWhatItTakes() {
        assertThat(run("fifo_member")).startsWith("-USAGE: ");
        assertThat(run("fifo_member add desk")).startsWith("-USAGE: ");
        assertThat(run("fifo_member add desk user/1 many")).startsWith("-USAGE: ");
        assertThat(run("fifo_member del desk user/1")).isEqualTo("-ERR no such member\n");
        run("fifo_member add desk " + BOB);
        assertThat(run("fifo list")).contains("<outbound>", "<member dial_string=\"" + BOB + "\" lag=\"5\" simo=\"1\" timeout=\"60\"/>");
    }

    private String run(String command) {
        return pbx.commands.run(command);
    }

    private void answers(Phone phone) {
        phone.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
    }

    private void hangsUp(TestClient client) {
        client.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }
}
