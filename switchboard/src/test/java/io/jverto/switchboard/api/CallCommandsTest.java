package io.jverto.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.Cause;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands about calls: Ada calls Bob at 1001 or Cy at 1002, echoes at 9196, waits unanswered at 9100.
class CallCommandsTest extends ThreeParties {
    @BeforeEach
    void aNumberThatIsNotAnswered() {
        pbx.dialplan(ECHO + """
                <extension name="early"><condition field="destination_number" expression="^9100$">
                  <action application="pre_answer"/><action application="park"/></condition></extension>
                """ + USERS);
    }

    @Test
    void transfersACallAndHangsUpWhomItTalkedWith() {
        calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_transfer a 9196")).isEqualTo("+OK\n");

        assertThat(sound("a")).last().isEqualTo("route Echo");
        assertThat(last(bob.rung())).isEqualTo("0 bye BLIND_TRANSFER");
    }

    @Test
    void transfersWhomACallTalksWith() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_transfer a -bleg 9196 XML default")).isEqualTo("+OK\n");

        assertThat(sound(leg(bob))).last().isEqualTo("route Echo");
        assertThat(last(ada)).isEqualTo("0 bye BLIND_TRANSFER");
    }

    @Test
    void transfersBoth() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_transfer a -both 9196")).isEqualTo("+OK\n");

        assertThat(sound("a")).last().isEqualTo("route Echo");
        assertThat(sound(leg(bob))).last().isEqualTo("route Echo");
        assertThat(pbx.run("uuid_dual_transfer a 9196 9196")).startsWith("-ERR");
        assertThat(last(ada)).doesNotContain("bye");
    }

    @Test
    void transfersEachElsewhere() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_dual_transfer a 9196 77/XML/default")).isEqualTo("+OK\n");

        assertThat(sound("a")).last().isEqualTo("route Echo");
        assertThat(last(bob.rung())).isEqualTo("0 bye NO_ROUTE_DESTINATION");
        assertThat(last(ada)).doesNotContain("bye");
    }

    @Test
    void aCallThatRingsOrIsNotThereIsNotTransferred() {
        pbx.call("a", "1001");

        assertThat(pbx.run("uuid_transfer " + leg(bob) + " 9196")).isEqualTo("-ERR Operation failed\n");
        assertThat(pbx.run("uuid_transfer nobody 9196")).isEqualTo("-ERR No such channel!\n");
        assertThat(pbx.run("uuid_transfer a -bleg 9196")).isEqualTo("-ERR No such channel!\n");
        assertThat(pbx.run("uuid_transfer a")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_transfer a -both")).startsWith("-USAGE");
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void holdsAndLetsGoOn() {
        calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_hold a")).isEqualTo("+OK Success\n");
        assertThat(sound(leg(bob))).last().isEqualTo("play Music[]");
        assertThat(pbx.run("uuid_hold off a")).isEqualTo("+OK Success\n");
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        assertThat(pbx.run("uuid_hold toggle a back soon")).isEqualTo("+OK Success\n");
        assertThat(sound(leg(bob))).last().isEqualTo("play Music[]");
        assertThat(pbx.run("uuid_hold nobody")).isEqualTo("-ERR Operation failed\n");
        assertThat(pbx.run("uuid_hold off")).startsWith("-USAGE");
    }

    @Test
    void asksForPictures() {
        calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_video_refresh a")).isEqualTo("+OK Success\n");
        pbx.time.settle();
        assertThat(sound("a")).last().isEqualTo("refresh video");
        assertThat(pbx.run("uuid_video_refresh nobody")).isEqualTo("-ERR No such channel!\n");
        assertThat(pbx.run("uuid_video_refresh")).startsWith("-USAGE");
    }

    @Test
    void joinsTwoCallsWhateverTheyDo() {
        TestClient one = pbx.call("a", "9196");
        TestClient two = calls("b", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_bridge a b")).isEqualTo("+OK b\n");

        assertThat(sound("a")).last().isEqualTo("bridge b");
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(pbx.run("uuid_bridge a b")).isEqualTo("+OK b\n");
        two.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(last(one)).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void joiningAnswersWhoIsNotAnswered() {
        pbx.call("a", "9196");
        TestClient early = pbx.call("b", "9100");

        assertThat(pbx.run("uuid_bridge b a")).isEqualTo("+OK a\n");

        assertThat(early.heard).contains("0 answer");
        assertThat(sound("b")).last().isEqualTo("bridge a");
    }

    @Test
    void joinsNeitherOneWithItselfNorTwoThatAreNotAnswered() {
        pbx.call("a", "9100");
        pbx.call("b", "9100");

        assertThat(pbx.run("uuid_bridge a b")).isEqualTo("-ERR Invalid uuid\n");
        assertThat(pbx.run("uuid_bridge a a")).isEqualTo("-ERR Invalid uuid\n");
        assertThat(pbx.run("uuid_bridge a nobody")).isEqualTo("-ERR Invalid uuid\n");
        assertThat(pbx.run("uuid_bridge a")).startsWith("-USAGE");
    }

    @Test
    void parks() {
        calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_park a")).isEqualTo("+OK\n");

        assertThat(sound("a")).last().isEqualTo("route Silent");
        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(pbx.run("uuid_park nobody")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void answersACallThatWaits() {
        TestClient early = pbx.call("a", "9100");

        assertThat(pbx.run("uuid_answer a")).isEqualTo("+OK\n");

        assertThat(last(early)).isEqualTo("0 answer");
        pbx.call("b", "1001");
        assertThat(pbx.run("uuid_pre_answer b")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_answer " + leg(bob))).isEqualTo("-ERR Operation failed\n");
    }

    @Test
    void sendsDigitsToAClientAndTakesSomeForIt() {
        calls("a", bob, "1001", "Bob");

        assertThat(pbx.run("uuid_send_dtmf a 12@100")).isEqualTo("+OK\n");
        assertThat(sound("a")).endsWith("dtmf 1", "dtmf 2");
        assertThat(pbx.run("uuid_recv_dtmf a 3#")).isEqualTo("+OK\n");
        assertThat(sound(leg(bob))).endsWith("dtmf 3", "dtmf #");
        assertThat(pbx.run("uuid_recv_dtmf a x")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_recv_dtmf a 1@x")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_send_dtmf nobody 1")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void showsAClientAnotherParty() {
        TestClient caller = pbx.call("a", "9196");

        assertThat(pbx.run("uuid_display a Sales Desk|3000")).isEqualTo("+OK Success\n");

        assertThat(last(caller)).isEqualTo("0 display Sales Desk 3000 of Tester 1000 1000 to Sales Desk 3000");
        assertThat(pbx.run("uuid_display nobody x")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void readsAndSetsVariables() {
        pbx.call("a", "9196", TestSdp.OPUS, Map.of("colour", "blue"));

        assertThat(pbx.run("uuid_getvar a Colour")).isEqualTo("blue");
        assertThat(pbx.run("uuid_getvar a caller_id_number")).isEqualTo("1000");
        assertThat(pbx.run("uuid_getvar a nosuch")).isEqualTo("_undef_");
        assertThat(pbx.run("uuid_setvar a colour light ${green}")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_getvar a colour")).isEqualTo("light ${green}");
        assertThat(pbx.run("uuid_setvar a colour")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_getvar a colour")).isEqualTo("_undef_");
        assertThat(pbx.run("uuid_setvar_multi a x=1;y=2 3")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_getvar a y")).isEqualTo("2 3");
        assertThat(pbx.run("uuid_getvar nobody x")).isEqualTo("-ERR No such channel!\n");
        assertThat(pbx.run("uuid_getvar a")).startsWith("-USAGE");
    }

    @Test
    void dumpsAChannelWithEverythingOnItsLine() {
        pbx.call("a", "9196", TestSdp.OPUS, Map.of("colour", "light\nblue"));

        assertThat(pbx.run("uuid_dump a")).startsWith("Channel-State: CS_EXECUTE\nChannel-Call-State: ACTIVE\n")
                .contains("\nUnique-ID: a\n", "\nCaller-Caller-ID-Name: Tester 1000\n", "\nChannel-Read-Codec-Name: opus\n", "\nvariable_colour: light blue\n");
        assertThat(pbx.run("uuid_dump a json")).startsWith("{\"Channel-State\":\"CS_EXECUTE\",").contains("\"variable_colour\":\"light\\u000ablue\"");
        assertThat(pbx.run("uuid_dump a xml")).startsWith("<event>\n  <headers>\n    <Channel-State>CS_EXECUTE</Channel-State>\n")
                .contains("    <variable_colour>light blue</variable_colour>\n").endsWith("  </headers>\n</event>\n");
        assertThat(pbx.run("uuid_dump a yaml")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_dump nobody")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void hangsUpThoseWithAVariable() {
        TestClient blue = pbx.call("a", "9196", TestSdp.OPUS, Map.of("colour", "blue"));
        TestClient other = pbx.call("b", "9196");

        assertThat(pbx.run("hupall USER_BUSY colour blue")).isEqualTo("+OK hangup all channels with cause USER_BUSY\n");

        assertThat(last(blue)).isEqualTo("0 bye USER_BUSY");
        assertThat(other.heard).containsExactly("0 answer sdp");
        assertThat(pbx.run("hupall USER_BUSY colour")).startsWith("-USAGE");
    }
}
