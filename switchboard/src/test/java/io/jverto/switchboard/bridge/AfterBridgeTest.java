package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.Cause;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What variables let happen around a talk: before it, in it, after it (dialplan-directory.md sections 8 and 12).
class AfterBridgeTest extends ThreeParties {
    private TestClient talks(String... variables) {
        pbx.actions(actions(variables));
        TestClient ada = pbx.call("a", "1");
        answers(bob, "Bob");
        return ada;
    }

    private static String[] actions(String... variables) {
        String[] actions = Arrays.stream(variables).map(variable -> "set " + variable).toArray(String[]::new);
        actions = Arrays.copyOf(actions, actions.length + 2);
        actions[actions.length - 2] = "bridge user/1001";
        actions[actions.length - 1] = "hangup PRE_EMPTED";
        return actions;
    }

    private String variable(String channel, String name) {
        return pbx.commands.run("uuid_getvar " + channel + " " + name);
    }

    @Test
    void theCallerCanBeParked() {
        TestClient ada = talks("park_after_bridge=true");
        hangsUp(bob.rung());

        assertThat(last(ada)).contains("display");
        assertThat(sound("a")).last().isEqualTo("route Silent");
    }

    @Test
    void theCallerCanRunAnApplicationAndThenGoOn() {
        TestClient ada = talks("exec_after_bridge_app=set", "exec_after_bridge_arg=rating=asked by ${caller_id_number}", "park_after_bridge=true");
        hangsUp(bob.rung());

        assertThat(variable("a", "rating")).isEqualTo("asked by 1000");
        hangsUp(ada);
    }

    @Test
    void theCallerCanBeSentElsewhere() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="set" data="transfer_after_bridge=9196:XML:default"/><action application="bridge" data="user/1001"/></condition></extension>
                """ + ECHO);
        pbx.call("a", "1");
        answers(bob);
        hangsUp(bob.rung());

        assertThat(sound("a")).last().isEqualTo("route Echo");
    }

    @Test
    void anExplicitHangupEndsTheCallerWithTheTalk() {
        TestClient ada = talks("hangup_after_bridge=explicit");
        hangsUp(bob.rung(), Cause.USER_BUSY);

        assertThat(last(ada)).isEqualTo("0 bye USER_BUSY");
    }

    @Test
    void anExplicitHangupTakesEarlyMediaForATalk() {
        assertThat(heardEarly("hangup_after_bridge=true")).isEqualTo("0 bye PRE_EMPTED");
        assertThat(heardEarly("hangup_after_bridge=explicit")).isEqualTo("0 bye USER_BUSY");
        assertThat(failed("hangup_after_bridge=explicit", "continue_on_fail=true")).isEqualTo("0 bye PRE_EMPTED");
    }

    private String heardEarly(String variable) {
        pbx.actions(actions("continue_on_fail=true", variable));
        TestClient ada = pbx.call("a", "1");
        bob.rung().channel.early(TestSdp.ANSWER_OPUS);
        pbx.time.settle();
        hangsUp(bob.rung(), Cause.USER_BUSY);
        return last(ada);
    }

    @Test
    void causesOfFailureChooseTheWay() {
        assertThat(failed("transfer_on_fail=true")).isEqualTo("0 bye PRE_EMPTED");
        assertThat(failed("transfer_on_fail=CALL_REJECTED 9196")).isEqualTo("0 bye USER_BUSY");
        assertThat(failed("failure_causes=CALL_REJECTED")).isEqualTo("0 bye PRE_EMPTED");
        assertThat(failed("continue_on_fail=false")).isEqualTo("0 bye USER_BUSY");
        assertThat(failed("continue_on_fail=17")).isEqualTo("0 bye PRE_EMPTED");
    }

    private String failed(String... variables) {
        pbx.actions(actions(variables));
        TestClient ada = pbx.call("a", "1");
        hangsUp(bob.rung(), Cause.USER_BUSY);
        return last(ada);
    }

    @Test
    void aKeyOfTheCallerEndsTheTalkAndTheDialplanGoesOn() {
        TestClient ada = talks("bridge_terminate_key=*");
        ada.channel.dtmf("1", 0);
        pbx.time.settle();
        assertThat(sound(leg(bob))).last().isEqualTo("dtmf 1");
        ada.channel.dtmf("*", 0);
        pbx.time.settle();

        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(last(ada)).isEqualTo("0 bye PRE_EMPTED");
    }

    @Test
    void aKeyOfWhomHeCalledEndsTheTalkToo() {
        pbx.actions("bridge {bridge_terminate_key=#}user/1001", "hangup PRE_EMPTED");
        TestClient ada = pbx.call("a", "1");
        answers(bob);
        bob.rung().channel.dtmf("#", 0);
        pbx.time.settle();

        assertThat(last(bob.rung())).isEqualTo("0 bye NORMAL_CLEARING");
        assertThat(last(ada)).isEqualTo("0 bye PRE_EMPTED");
    }

    @Test
    void variablesGoOverToTheOtherOneWhenTheyAreJoined() {
        pbx.actions("bridge_export colour=red", "bridge {execute_on_answer='bridge_export shape=round'}user/1001");
        pbx.call("a", "1");
        answers(bob);

        assertThat(variable(leg(bob), "colour")).isEqualTo("red");
        assertThat(variable("a", "shape")).isEqualTo("round");
    }

    @Test
    void applicationsRunWhenSomethingHappens() {
        pbx.actions("set execute_on_answer=set said=${caller_id_number} is answered", "set execute_on_pre_bridge=set before=1",
                "set execute_on_post_bridge=set after=1", "set execute_on_pre_originate=set calling=1", "set park_after_bridge=true",
                "bridge {execute_on_answer='set heard=yes',execute_on_ring='set rang=yes',execute_on_originate='set made=yes'}user/1001");
        pbx.call("a", "1");
        assertThat(variable(leg(bob), "made")).isEqualTo("yes");
        assertThat(variable(leg(bob), "rang")).isEqualTo("yes");
        assertThat(variable("a", "calling")).isEqualTo("1");
        answers(bob);

        assertThat(variable("a", "said")).isEqualTo("1000 is answered");
        assertThat(variable("a", "before")).isEqualTo("1");
        assertThat(variable("a", "after")).isEqualTo("_undef_");
        assertThat(variable(leg(bob), "heard")).isEqualTo("yes");
        hangsUp(bob.rung());
        assertThat(variable("a", "after")).isEqualTo("1");
    }

    @Test
    void severalRunInTheirOrderAndOneThatStaysIsWhatComesNext() {
        pbx.actions("push execute_on_answer=set one=1", "push execute_on_answer=set two=\\${one}2", "set execute_on_answer_1=set three=\\${two}3",
                "answer", "park");
        pbx.call("a", "1");
        assertThat(variable("a", "three")).isEqualTo("123");

        pbx.actions("set execute_on_answer=echo", "answer", "hangup");
        TestClient ada = pbx.call("b", "1");
        assertThat(sound("b")).last().isEqualTo("route Echo");
        assertThat(last(ada)).isEqualTo("0 answer sdp");
    }

    @Test
    void oneThatIsNotToBeWaitedForRunsInBetween() {
        pbx.actions("set execute_on_answer=playback::tone_stream://%(100,0,440)", "answer", "echo");
        pbx.call("a", "1");

        assertThat(sound("a")).containsSequence("route Echo", "meanwhile play Tone[script=%(100,0,440)]");
    }

    @Test
    void anUnansweredLegRunsNothingButVariables() {
        pbx.actions("bridge {execute_on_ring='playback tone_stream://%(100,0,440)'}user/1001");
        pbx.call("a", "1");

        assertThat(bob.heard()).isEmpty();
        answers(bob);
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void commandsRunWhenSomethingHappens() {
        pbx.actions("set api_on_answer=uuid_setvar ${uuid} greeted yes", "set api_after_bridge=uuid_setvar ${uuid} parted yes",
                "set park_after_bridge=true", "bridge user/1001");
        pbx.call("a", "1");
        answers(bob);
        assertThat(variable("a", "greeted")).isEqualTo("yes");
        hangsUp(bob.rung());

        assertThat(variable("a", "parted")).isEqualTo("yes");
    }

    @Test
    void aCommandRunsAfterTheEnd() {
        pbx.actions("answer", "set mine=1", "echo");
        pbx.call("other", "1");
        pbx.actions("set api_hangup_hook=uuid_setvar other gone ${uuid}", "answer", "echo");
        TestClient ada = pbx.call("a", "1");
        hangsUp(ada);

        assertThat(variable("other", "gone")).isEqualTo("a");
    }

    /// security.md S11: what a caller chose names neither an application nor a command.
    @Test
    void s11ACallerChoosesNothingThatRuns() {
        pbx.actions("set execute_on_answer=${evil}", "set api_on_answer=${evilapi}", "answer", "set x=1", "echo");

        TestClient ada = pbx.call("a", "1", TestSdp.OPUS, Map.of("evil", "set cracked=1", "evilapi", "uuid_setvar a cracked 1"));

        assertThat(variable("a", "cracked")).isEqualTo("_undef_");
        assertThat(sound("a")).last().isEqualTo("route Echo");
        hangsUp(ada);
        pbx.actions("set api_on_answer=hupall", "set execute_on_answer=nonsense", "answer", "echo");
        assertThat(pbx.call("b", "1").heard).containsExactly("0 answer sdp");
    }
}
