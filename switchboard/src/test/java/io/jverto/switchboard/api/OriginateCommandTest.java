package io.jverto.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginateCommandTest extends ThreeParties {
    private final List<String> replies = new CopyOnWriteArrayList<>();

    @BeforeEach
    void bobHasADialString() {
        pbx.directory("""
                <user id="1001"><params><param name="dial-string" value="{presence_id=${dialed_user}@${dialed_domain}}verto.rtc/${dialed_user}@${dialed_domain}"/></params></user>
                <user id="1002"/>
                """);
    }

    /// The command waits: it runs on a thread of its own.
    private void originate(String arguments) {
        pbx.time.start("operator", () -> replies.add(pbx.commands.run("originate " + arguments)));
        pbx.time.settle();
    }

    @Test
    void whoAnswersRunsAnApplication() {
        originate("user/1001 &echo() XML default 'Front Desk' 3000 20");

        assertThat(replies).isEmpty();
        assertThat(bob.calls.getFirst().caller().callerName()).isEqualTo("Front Desk");
        assertThat(bob.calls.getFirst().caller().callerNumber()).isEqualTo("3000");
        answers(bob);

        assertThat(replies).containsExactly("+OK " + leg(bob) + "\n");
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("route Echo");
        assertThat(pbx.commands.run("uuid_getvar " + leg(bob) + " presence_id")).isEqualTo("1001@example.org");
        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
    }

    @Test
    void whoAnswersGoesToAnExtensionAsIfHeHadDialledIt() {
        originate("user/1001@example.org 1002");
        answers(bob);

        assertThat(cy.calls.getFirst().caller().callerNumber()).isEqualTo("1001");
        answers(cy);
        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("bridge " + leg(cy));
        cy.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(bob.heard()).last().isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void theFirstWhoAnswersHasTheCall() {
        originate("user/1001,user/1002 &park");

        answers(cy);

        assertThat(replies).containsExactly("+OK " + leg(cy) + "\n");
        assertThat(bob.heard()).containsExactly("0 bye LOSE_RACE");
    }

    @Test
    void theNextGroupRingsWhenTheFirstRefuses() {
        originate("user/1001|user/1002 &park");
        assertThat(cy.heard()).isEmpty();

        bob.rung().channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();
        answers(cy);

        assertThat(replies).containsExactly("+OK " + leg(cy) + "\n");
    }

    @Test
    void theReasonIsTold() {
        originate("user/1001 &park");
        bob.rung().channel.hangup(Cause.CALL_REJECTED, true);
        pbx.time.settle();
        originate("user/1009 &park");
        originate("verto.rtc/1009@example.org &park");
        originate("nosuch/1009 &park");
        originate("error/user_busy &park");

        assertThat(replies).containsExactly("-ERR CALL_REJECTED\n", "-ERR SUBSCRIBER_ABSENT\n", "-ERR USER_NOT_REGISTERED\n",
                "-ERR CHAN_NOT_IMPLEMENTED\n", "-ERR USER_BUSY\n");
    }

    @Test
    void nobodyAnswersInTime() {
        originate("{originate_timeout=5}user/1001 &park");

        pbx.advance(4_999);
        assertThat(replies).isEmpty();
        pbx.advance(1);

        assertThat(replies).containsExactly("-ERR NO_ANSWER\n");
        assertThat(bob.heard()).containsExactly("5000 bye NO_ANSWER");
    }

    @Test
    void anIdCanBeChosenOnce() {
        originate("{origination_uuid=mine,colour='a,b'}user/1001 &park");
        answers(bob);
        originate("{origination_uuid=mine}user/1002 &park");

        assertThat(replies).containsExactly("+OK mine\n", "-ERR SWITCH_CONGESTION\n");
        assertThat(pbx.commands.run("uuid_getvar mine colour")).isEqualTo("a,b");
    }

    @Test
    void whoMustNotWaitLetsItRunInTheBackground() {
        assertThat(pbx.commands.run("bgapi originate user/1001 &echo")).matches("\\+OK Job-UUID: [0-9a-f-]{36}\n");
        pbx.time.settle();
        answers(bob);

        assertThat(pbx.media.of(leg(bob)).log).last().isEqualTo("route Echo");
        assertThat(pbx.commands.run("bgapi")).startsWith("-USAGE");
    }

    @Test
    void notMoreThanSoManyRunInTheBackground() {
        int taken = 0;
        while (pbx.commands.run("bgapi originate {leg_timeout=30}user/1001 &echo").startsWith("+OK")) {
            taken++;
        }
        assertThat(taken).isEqualTo(64);

        pbx.advance(31_000);
        assertThat(pbx.commands.run("bgapi version")).startsWith("+OK");
        pbx.time.settle();
    }

    /// security.md S12: what is put into the words of the command stays there.
    @Test
    void s12ValuesAreDataAndMakeNeitherLegsNorVariables() {
        originate("user/1001 &park XML default 'x},{z=1}error/user_busy,[y' '${domain}'");

        assertThat(bob.calls.getFirst().caller().callerName()).isEqualTo("x},{z=1}error/user_busy,[y");
        assertThat(bob.calls.getFirst().caller().callerNumber()).isEqualTo("${domain}");
        assertThat(bob.calls.getFirst().variables()).doesNotContainKey("z");
        originate("{greeting='error/user_busy,error/no_answer'}user/1002 &park");
        answers(cy);
        assertThat(pbx.commands.run("uuid_getvar " + leg(cy) + " greeting")).isEqualTo("error/user_busy,error/no_answer");
        pbx.actions("answer", "bridge ${greeting}");
        pbx.commands.run("uuid_transfer " + leg(cy) + " 1");
        pbx.time.settle();
        assertThat(cy.heard()).last().isEqualTo("0 bye CHAN_NOT_IMPLEMENTED");
    }

    @Test
    void misuseIsSaid() {
        for (String wrong : List.of("", "user/1001", "user/1001 &nosuch()", "user/1001 &park(", "user/1001 &park XML default a b 0", "a b c d e f g h",
                "{x=1 user/1001 &park")) {
            originate(wrong);
        }

        assertThat(replies).hasSize(7).allMatch(reply -> reply.startsWith("-USAGE"));
    }
}
