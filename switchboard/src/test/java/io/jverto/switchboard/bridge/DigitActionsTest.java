package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.ThreeParties;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What digits stand for, while Ada talks with Bob and while she is alone.
class DigitActionsTest extends ThreeParties {
    private TestClient talk(String... before) {
        pbx.dialplan(ECHO + USERS.replace("<action application=\"bridge\"", actions(before) + "<action application=\"bridge\""));
        return calls("ada", bob, "1001", "Bob");
    }

    private TestClient alone(String... all) {
        pbx.dialplan("<extension name=\"all\"><condition>" + actions(all) + "</condition></extension>");
        TestClient ada = pbx.call("ada", "1");
        pbx.time.settle();
        return ada;
    }

    private static String actions(String... all) {
        StringBuilder actions = new StringBuilder();
        for (String one : all) {
            String[] parts = one.split(" ", 2);
            actions.append("<action application=\"").append(parts[0]).append("\" data=\"").append(parts.length > 1 ? parts[1] : "").append("\"/>");
        }
        return actions.toString();
    }

    @Test
    void inATalkDigitsThatAreBoundRunSomethingAndAreNotPassedOn() {
        TestClient ada = talk("bind_digit_action r,12,exec:set,pressed=yes");

        press(ada, "12");

        assertThat(pbx.variable(ada, "pressed")).isEqualTo("yes");
        assertThat(pbx.variable(ada, "last_matching_digits")).isEqualTo("12");
        assertThat(digits(leg(bob))).isEmpty();
    }

    @Test
    void digitsThatStandForNothingArePassedOnInTheirOrder() {
        TestClient ada = talk("bind_digit_action r,12,exec:set,pressed=yes");

        press(ada, "3");
        press(ada, "1");
        assertThat(digits(leg(bob))).containsExactly("dtmf 3");
        press(ada, "4");

        assertThat(digits(leg(bob))).containsExactly("dtmf 3", "dtmf 1", "dtmf 4");
        assertThat(pbx.variable(ada, "last_non_matching_digits")).isEqualTo("14");
        assertThat(pbx.variable(ada, "pressed")).isEmpty();
    }

    @Test
    void digitsThatMayBecomeMoreWaitForAMomentAndThenCount() {
        TestClient ada = talk("bind_digit_action r,1,exec:set,pressed=one", "bind_digit_action r,12,exec:set,pressed=two");

        press(ada, "1");
        pbx.advance(1_499);
        assertThat(pbx.variable(ada, "pressed")).isEmpty();
        pbx.advance(1);
        assertThat(pbx.variable(ada, "pressed")).isEqualTo("one");
        press(ada, "12");

        assertThat(pbx.variable(ada, "pressed")).isEqualTo("two");
        assertThat(digits(leg(bob))).isEmpty();
    }

    @Test
    void theTimesCanBeOthers() {
        TestClient ada = talk("set bind_digit_digit_timeout=3000", "set bind_digit_input_timeout=4000", "bind_digit_action r,1234,exec:set,pressed=yes");

        press(ada, "1");
        pbx.advance(2_900);
        press(ada, "2");
        pbx.advance(1_099);
        assertThat(digits(leg(bob))).isEmpty();
        pbx.advance(1);

        assertThat(digits(leg(bob))).as("4 seconds for all").containsExactly("dtmf 1", "dtmf 2");
    }

    @Test
    void anExpressionIsDecidedAsSoonAsNothingCanChangeIt() {
        TestClient ada = talk("bind_digit_action r,~^9\\d{2,3}$,exec:set,pressed=like", "bind_digit_action r,900,exec:set,pressed=exactly");

        press(ada, "9");
        press(ada, "123");
        assertThat(pbx.variable(ada, "last_matching_digits")).isEqualTo("9123");
        press(ada, "900");
        pbx.advance(1_500);
        assertThat(pbx.variable(ada, "pressed")).as("what is exact comes first").isEqualTo("exactly");
        press(ada, "95");
        pbx.advance(1_500);

        assertThat(digits(leg(bob))).containsExactly("dtmf 9", "dtmf 5");
    }

    @Test
    void ofTheRealmsOneCounts() {
        TestClient ada = talk("bind_digit_action first,1,exec:digit_action_set_realm,second", "bind_digit_action second,1,exec:set,pressed=yes",
                "bind_digit_action second,2,exec:digit_action_set_realm,none", "bind_digit_action second,3,exec:clear_digit_action,second");

        press(ada, "1");
        assertThat(pbx.variable(ada, "pressed")).isEmpty();
        press(ada, "1");
        assertThat(pbx.variable(ada, "pressed")).isEqualTo("yes");
        press(ada, "2");
        press(ada, "1");

        assertThat(digits(leg(bob))).containsExactly("dtmf 1");
    }

    @Test
    void whatIsClearedIsADigit() {
        TestClient ada = talk("bind_digit_action r,1,exec:set,pressed=yes", "bind_digit_action s,1,exec:set,pressed=yes", "clear_digit_action r");
        press(ada, "1");
        assertThat(digits(leg(bob))).containsExactly("dtmf 1");

        hangsUp(ada);
        ada = talk("bind_digit_action r,1,exec:set,pressed=yes", "clear_digit_action all");
        press(ada, "1");
        assertThat(digits(leg(bob))).containsExactly("dtmf 1");
    }

    @Test
    void theOtherSidesDigitsCountWhereThatIsWanted() {
        TestClient ada = talk("bind_digit_action r,1,exec:set,on=self,peer,self", "bind_digit_action r,2,exec:set,on=peer,peer,peer",
                "bind_digit_action r,3,exec:set,on=both,peer,both");

        press(ada, "1");
        assertThat(digits(leg(bob))).as("they are not bound for herself").containsExactly("dtmf 1");
        press(bob.rung(), "1");
        assertThat(pbx.variable(ada, "on")).isEqualTo("self");
        assertThat(pbx.variable(ada, "last_matching_digits")).isEqualTo("1");
        press(bob.rung(), "2");
        assertThat(pbx.variable(bob.rung(), "on")).isEqualTo("peer");
        press(bob.rung(), "3");

        assertThat(pbx.variable(ada, "on") + pbx.variable(bob.rung(), "on")).isEqualTo("bothboth");
        assertThat(digits("ada")).isEmpty();
    }

    @Test
    void outsideOfATalkTheyCountWhateverTheCallIsIn() {
        TestClient ada = alone("answer", "bind_digit_action r,5,exec:playback,tone_stream://%(100;0;440)", "park");
        press(ada, "5");
        assertThat(sound("ada")).last().isEqualTo("meanwhile play Tone[script=%(100;0;440)]");
    }

    @Test
    void whoAsksForDigitsGetsThoseThatStandForNothing() {
        TestClient ada = alone("answer", "bind_digit_action r,42,exec:set,pressed=yes", "read 2 2 silence_stream://-1 typed 5000", "park");

        press(ada, "4");
        press(ada, "2");
        assertThat(pbx.variable(ada, "pressed")).isEqualTo("yes");
        press(ada, "41");

        assertThat(pbx.variable(ada, "typed")).isEqualTo("41");
    }

    @Test
    void commandsThatCallsMayRunByThemselvesAreRun() {
        TestClient ada = alone("answer", "bind_digit_action r,1,api:uuid_setvar,${uuid} pressed yes", "bind_digit_action r,2,api:hupall,", "park");

        press(ada, "1");
        press(ada, "2");

        assertThat(pbx.variable(ada, "pressed")).isEqualTo("yes");
        assertThat(ada.heard).containsExactly("0 answer sdp");
    }

    @Test
    void anythingElseIsToldByAnEvent() {
        List<String> seen = pbx.watch("digits", "condition", "value");
        TestClient ada = alone("answer", "bind_digit_action r,1,mine,something", "park");

        press(ada, "1");

        assertThat(seen).contains("CHANNEL_DATA 1 mine something");
    }

    @Test
    void anotherSeparatorAndCommasInBraces() {
        TestClient ada = alone("answer", "bind_digit_action ^^;r;1;exec:set;pressed=a,b", "bind_digit_action r,~^2\\d{2,3}$,exec:set,pressed={c,d}", "park");

        press(ada, "1");
        assertThat(pbx.variable(ada, "pressed")).isEqualTo("a,b");
        press(ada, "2345");

        assertThat(pbx.variable(ada, "pressed")).isEqualTo("{c,d}");
    }

    @Test
    void aBindingThatIsNoneIsLeftOut() {
        TestClient ada = alone("answer", "bind_digit_action", "bind_digit_action r", "bind_digit_action r,1", "bind_digit_action r,x,exec:set,pressed=yes",
                "bind_digit_action r,1,exec:set,pressed=yes,nobody", "bind_digit_action r,~[,exec:set,pressed=yes", "digit_action_set_realm",
                "clear_digit_action r,nobody", "read 1 1 silence_stream://-1 typed 5000", "park");

        press(ada, "1");

        assertThat(pbx.variable(ada, "typed")).isEqualTo("1");
        assertThat(pbx.variable(ada, "pressed")).isEmpty();
    }

    @Test
    void moreThanACallMayBindIsLeftOut() {
        String[] bindings = new String[260];
        bindings[0] = "answer";
        for (int i = 1; i < 259; i++) {
            bindings[i] = "bind_digit_action r," + (1_000 + i) + ",exec:set,pressed=" + i;
        }
        bindings[259] = "park";
        TestClient ada = alone(bindings);

        press(ada, "1256");
        assertThat(pbx.variable(ada, "pressed")).isEqualTo("256");
        press(ada, "1257");
        pbx.advance(2_000);

        assertThat(pbx.variable(ada, "pressed")).isEqualTo("256");
    }

    @Test
    void s12WhatACallerChoseNamesNoApplication() {
        pbx.dialplan("<extension name=\"all\"><condition>" + actions("answer", "bind_digit_action r,1,${wish}", "bind_digit_action r,2,exec:${app},pressed=yes", "park")
                + "</condition></extension>");
        TestClient ada = pbx.call("ada", "1", TestSdp.OPUS, Map.of("wish", "exec:set,pressed=yes", "app", "set"));

        press(ada, "12");

        assertThat(pbx.variable(ada, "pressed")).isEmpty();
    }
}
