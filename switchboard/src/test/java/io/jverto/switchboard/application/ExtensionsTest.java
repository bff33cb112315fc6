package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// From one extension to another: `execute_extension`, `transfer`, and variables of one application.
class ExtensionsTest {
    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private static String extension(String number, String... actions) {
        StringBuilder xml = new StringBuilder("<extension><condition field=\"destination_number\" expression=\"^" + number + "$\">");
        for (String action : actions) {
            String[] parts = action.split(" ", 2);
            xml.append("<action application=\"").append(parts[0]).append("\" data=\"").append(parts.length > 1 ? parts[1] : "").append("\"/>");
        }
        return xml + "</condition></extension>";
    }

    @Test
    void variablesInBracketsAreThereForOneApplicationOnly() {
        pbx.dialplan(extension("1", "set a=one", "set %[a=two]during=${a}", "set after=${a}", "set %[b=${a},c=3]both=${b}${c}", "answer", "park"));

        TestClient caller = pbx.call("a", "1");

        assertThat(pbx.variable(caller, "during")).isEqualTo("two");
        assertThat(pbx.variable(caller, "after")).isEqualTo("one");
        assertThat(pbx.variable(caller, "both")).isEqualTo("one3");
        assertThat(pbx.variable(caller, "b")).isEmpty();
    }

    @Test
    void variablesInBracketsDecideWhatTheApplicationDoes() {
        pbx.dialplan(extension("1", "answer", "sleep 10", "playback %[playback_timeout_sec=2]silence_stream://-1", "hangup USER_BUSY"));

        TestClient caller = pbx.call("a", "1");
        pbx.advance(5_000);

        assertThat(caller.heard).last().isEqualTo("2010 bye USER_BUSY");
    }

    @Test
    void anExecutedExtensionComesBackToTheNextAction() {
        pbx.dialplan(extension("1", "set order=1", "execute_extension 2", "set order=${order}3", "answer", "park")
                + extension("2", "set order=${order}2", "set dialled=${destination_number}"));

        TestClient caller = pbx.call("a", "1");

        assertThat(pbx.variable(caller, "order")).isEqualTo("123");
        assertThat(pbx.variable(caller, "dialled")).as("the call still is to 1").isEqualTo("1");
        assertThat(pbx.variable(caller, "transfer_history")).isEmpty();
    }

    @Test
    void anExecutedExtensionMayBeInAnotherContextAndLeadAway() {
        pbx.contexts("<context name=\"default\">" + extension("1", "execute_extension 2 XML other", "hangup USER_BUSY") + extension("3", "answer", "park")
                + "</context><context name=\"other\">" + extension("2", "transfer 3 XML default") + "</context>");

        TestClient caller = pbx.call("a", "1");

        assertThat(caller.heard).containsExactly("0 answer sdp");
        assertThat(pbx.commands.run("uuid_getvar a destination_number")).isEqualTo("3");
    }

    @Test
    void anExtensionThatIsNotThereIsPassedOver() {
        pbx.dialplan(extension("1", "execute_extension 2", "execute_extension", "answer", "park"));

        assertThat(pbx.call("a", "1").heard).containsExactly("0 answer sdp");
    }

    @Test
    void anExtensionThatExecutesItselfEndsTheCall() {
        pbx.dialplan(extension("1", "execute_extension 1", "execute_extension 1"));

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye EXCHANGE_ROUTING_ERROR");
    }

    /// security.md S11.
    @Test
    void s11ACallerChoosesNoContextForWhatIsExecuted() {
        pbx.contexts("<context name=\"default\">" + extension("(.*)", "execute_extension $1", "hangup USER_BUSY")
                + "</context><context name=\"admin\">" + extension("9", "hangup CALL_REJECTED") + "</context>");

        assertThat(pbx.call("a", "9 XML admin").heard).containsExactly("0 bye EXCHANGE_ROUTING_ERROR");
    }

    @Test
    void aTransferIsNotedAndCounted() {
        pbx.dialplan(extension("1", "set max_session_transfers=2", "set hangup_after_bridge=true", "transfer 2") + extension("2", "transfer 3 XML default")
                + extension("3", "answer", "park"));

        TestClient caller = pbx.call("a", "1");

        assertThat(pbx.variable(caller, "max_session_transfers")).isEqualTo("0");
        assertThat(pbx.variable(caller, "hangup_after_bridge")).isEqualTo("false");
        assertThat(pbx.variable(caller, "transfer_source")).matches("\\d+:a:bl_xfer:3/default/XML");
        assertThat(pbx.variable(caller, "transfer_history")).matches("ARRAY::\\d+:a:bl_xfer:2/default/XML\\|:\\d+:a:bl_xfer:3/default/XML");
    }

    @Test
    void everyFieldOfTheProfileCanBeAskedForInAnExtension() {
        String plans = "caller_ton caller_numplan destination_number_ton destination_number_numplan ani_ton ani_numplan rdnis_ton rdnis_numplan";
        StringBuilder all = new StringBuilder();
        for (String plan : plans.split(" ")) {
            all.append("<condition field=\"%s\" expression=\"^255$\"/>".formatted(plan));
        }
        pbx.dialplan("""
                <extension continue="true"><condition field="destination_number" expression="^1$"/>
                  <condition field="profile_index" expression="^1$"/><condition field="screen_bit" expression="^true$"/>%s
                  <condition field="answered_time" expression="^0$"/><condition field="progress_time" expression="^0$"/>
                  <condition field="progress_media_time" expression="^0$"/><condition field="hungup_time" expression="^0$"/>
                  <condition field="transferred_time" expression="^0$"/><condition field="created_time" expression="^(\\d{16})$">
                    <action application="set" data="created=$1"/><action application="pre_answer"/><action application="sleep" data="1000"/>
                    <action application="answer"/><action application="sleep" data="1000"/><action application="transfer" data="2"/></condition></extension>
                <extension><condition field="destination_number" expression="^2$"/><condition field="profile_index" expression="^2$"/>
                  <condition field="progress_media_time" expression="^(\\d{16})$"><action application="set" data="media=$1"/></condition>
                  <condition field="answered_time" expression="^(\\d{16})$"><action application="set" data="answered=$1"/></condition>
                  <condition field="profile_created_time" expression="^(\\d{16})$"><action application="set" data="profile=$1"/>
                    <action application="park"/></condition></extension>
                """.formatted(all));
        TestClient caller = pbx.call("a", "1");
        pbx.advance(3_000);

        long created = Long.parseLong(pbx.variable(caller, "created"));
        assertThat(Long.parseLong(pbx.variable(caller, "media"))).isEqualTo(created);
        assertThat(Long.parseLong(pbx.variable(caller, "answered"))).isEqualTo(created + 1_000_000);
        assertThat(Long.parseLong(pbx.variable(caller, "profile"))).isEqualTo(created + 2_000_000);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    @Test
    void oneTransferTooManyEndsTheCall() {
        pbx.dialplan(extension("1", "set max_session_transfers=1", "transfer 2") + extension("2", "transfer 3") + extension("3", "answer"));

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye EXCHANGE_ROUTING_ERROR");
    }

    @Test
    void somethingRunsAtATransfer() {
        pbx.dialplan(extension("1", "set execute_on_blind_transfer=set seen=yes", "transfer 2") + extension("2", "answer", "park"));
        TestClient caller = pbx.call("a", "1");
        assertThat(pbx.variable(caller, "seen")).isEqualTo("yes");

        pbx.dialplan(extension("1", "answer", "set execute_on_blind_transfer=set::seen=again", "echo") + extension("2", "park"));
        TestClient other = pbx.call("b", "1");
        pbx.commands.run("uuid_transfer b 2");
        pbx.time.settle();
        assertThat(pbx.variable(other, "seen")).isEqualTo("again");
        assertThat(pbx.variable(other, "transfer_source")).endsWith(":b:bl_xfer:2/default/XML");
    }

    @Test
    void anExtensionRunsWhenSomethingHappens() {
        String seen = extension("seen", "set seen=${seen}yes");
        pbx.dialplan(extension("1", "set execute_on_answer=execute_extension seen", "answer", "set after=${seen}", "park") + seen);
        assertThat(pbx.variable(pbx.call("a", "1"), "after")).isEqualTo("yes");

        pbx.dialplan(extension("1", "set execute_on_answer=execute_extension::seen XML default", "answer", "park") + seen);
        assertThat(pbx.variable(pbx.call("b", "1"), "seen")).isEqualTo("yes");

        pbx.dialplan(extension("1", "set execute_on_blind_transfer=execute_extension seen", "transfer 2") + extension("2", "answer", "park") + seen);
        assertThat(pbx.variable(pbx.call("c", "1"), "seen")).isEqualTo("yes");
    }

    @Test
    void anExtensionThatRunsWhenSomethingHappensMaySendTheCallElsewhere() {
        pbx.dialplan(extension("1", "set execute_on_answer=execute_extension away", "answer", "set after=yes", "park")
                + extension("away", "transfer 2") + extension("2", "set at=2", "park"));

        TestClient caller = pbx.call("a", "1");

        assertThat(pbx.variable(caller, "at")).isEqualTo("2");
        assertThat(pbx.variable(caller, "after")).isEmpty();
    }

    @Test
    void whatACallerChoseNamesNothingThatRunsAtATransfer() {
        pbx.dialplan(extension("1", "set execute_on_blind_transfer=${wish}", "transfer 2") + extension("2", "answer", "park"));

        TestClient caller = pbx.call("a", "1", TestSdp.OPUS, Map.of("wish", "hangup USER_BUSY"));

        assertThat(caller.heard).containsExactly("0 answer sdp");
    }

    @Test
    void aTransferOfTheOtherLegHangsUpTheOneWhoAsked() {
        users();
        TestClient ada = pbx.call("a", "1001");
        answers();

        // set in between by whoever may write dialplans: both words are syntax
        pbx.dialplan(extension("9196", "answer", "echo") + extension("send", "transfer -bleg 9196"));
        pbx.commands.run("uuid_broadcast a execute_extension::send");
        pbx.time.settle();

        assertThat(ada.heard).last().isEqualTo("0 bye BLIND_TRANSFER");
        assertThat(pbx.media.of(bob.rung().channel.id().value()).log).last().isEqualTo("route Echo");
    }

    @Test
    void aTransferOfBothLegsSendsBoth() {
        users();
        pbx.call("a", "1001");
        answers();

        pbx.dialplan(extension("9196", "answer", "echo") + extension("send", "transfer -both 9196"));
        pbx.commands.run("uuid_broadcast a execute_extension::send");
        pbx.time.settle();

        assertThat(pbx.media.of("a").log).last().isEqualTo("route Echo");
        assertThat(pbx.media.of(bob.rung().channel.id().value()).log).last().isEqualTo("route Echo");
    }

    @Test
    void withNobodyThereATransferOfTheOtherLegDoesNothing() {
        pbx.dialplan(extension("1", "transfer -bleg 2", "answer", "park") + extension("2", "hangup"));

        assertThat(pbx.call("a", "1").heard).containsExactly("0 answer sdp");
    }

    private void users() {
        pbx.directory("<user id=\"1001\"/>");
        pbx.dialplan(extension("(10..)", "bridge user/$1@example.org"));
    }

    private void answers() {
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "1001");
        pbx.time.settle();
    }

    @Test
    void aDialplanOfANameThatNobodyKnowsIsPassedOver() {
        pbx.dialplan(extension("1", "transfer 2 XML:other.xml,XML", "answer") + extension("2", "answer", "park"));

        assertThat(pbx.call("a", "1", TestSdp.OPUS, Map.of()).heard).containsExactly("0 answer sdp");
    }
}
