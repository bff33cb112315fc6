package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls that somebody takes who was not called (dialplan-directory.md section 9.1). Dee dials `*` and the id of a channel, `**` and an id for
/// whom it talks with, `*8` and a key.
class InterceptTest extends ThreeParties {
    @BeforeEach
    void numbersToTakeCalls() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^\\*8(.+)$">
                  <action application="pickup" data="$1"/><action application="hangup" data="NO_PICKUP"/></condition></extension>
                <extension><condition field="destination_number" expression="^\\*\\*(.+)$">
                  <action application="intercept" data="-bleg $1"/><action application="hangup" data="CALL_REJECTED"/></condition></extension>
                <extension><condition field="destination_number" expression="^#(.+)$">
                  <action application="set" data="intercept_unanswered_only=true"/>
                  <action application="intercept" data="$1"/><action application="hangup" data="CALL_REJECTED"/></condition></extension>
                <extension><condition field="destination_number" expression="^%(.+)$">
                  <action application="set" data="intercept_unbridged_only=true"/>
                  <action application="intercept" data="$1"/><action application="hangup" data="CALL_REJECTED"/></condition></extension>
                <extension><condition field="destination_number" expression="^\\*(.+)$">
                  <action application="intercept" data="$1"/><action application="hangup" data="CALL_REJECTED"/></condition></extension>
                <extension><condition field="destination_number" expression="^7$">
                  <action application="set" data="hangup_after_bridge=true"/>
                  <action application="bridge" data="user/1001,pickup/sales"/></condition></extension>
                """ + ECHO + USERS);
    }

    @Test
    void aCallThatRingsIsTakenByAnother() {
        TestClient ada = pbx.call("a", "1001");
        TestClient dee = pbx.call("d", "*" + leg(bob));

        assertThat(bob.heard()).containsExactly("0 bye PICKED_OFF");
        assertThat(dee.heard).first().isEqualTo("0 answer sdp");
        assertThat(sound("a")).last().isEqualTo("bridge d");
        hangsUp(dee);
        assertThat(last(ada)).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void theCallerGoesAndSoDoesWhoTookTheCall() {
        TestClient ada = pbx.call("a", "1001");
        TestClient dee = pbx.call("d", "*" + leg(bob));
        hangsUp(ada);

        assertThat(last(dee)).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void aCallThatSomebodyHasIsTakenFromHim() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        TestClient dee = pbx.call("d", "*a");

        assertThat(last(bob.rung())).isEqualTo("0 bye PICKED_OFF");
        assertThat(sound("d")).last().isEqualTo("bridge a");
        hangsUp(dee);
        assertThat(last(ada)).startsWith("0 bye ");
    }

    @Test
    void whomACallTalksWithIsTakenInItsPlace() {
        TestClient ada = calls("a", bob, "1001", "Bob");
        pbx.call("d", "**a");

        assertThat(last(ada)).isEqualTo("0 bye PICKED_OFF");
        assertThat(sound("d")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void whatIsNotAllowedChangesNothing() {
        TestClient ada = calls("a", bob, "1001", "Bob");

        assertThat(last(pbx.call("d", "#a"))).isEqualTo("0 bye CALL_REJECTED");
        assertThat(last(pbx.call("e", "%a"))).isEqualTo("0 bye CALL_REJECTED");
        assertThat(last(pbx.call("f", "*nobody"))).isEqualTo("0 bye CALL_REJECTED");
        assertThat(last(pbx.call("g", "*g"))).isEqualTo("0 bye CALL_REJECTED");
        assertThat(last(ada)).contains("display");
        assertThat(last(bob.rung())).contains("display");
    }

    @Test
    void aCallThatWaitsUnderAKeyIsPickedUp() {
        TestClient ada = pbx.call("a", "7");
        TestClient dee = pbx.call("d", "*8sales");

        assertThat(bob.heard()).containsExactly("0 bye LOSE_RACE");
        assertThat(sound("a")).last().isEqualTo("bridge d");
        hangsUp(ada);
        assertThat(last(dee)).isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void aCallThatIsAnsweredWaitsNoMore() {
        pbx.call("a", "7");
        answers(bob);

        assertThat(last(pbx.call("d", "*8sales"))).isEqualTo("0 bye NO_PICKUP");
        assertThat(last(pbx.call("e", "*8nothing"))).isEqualTo("0 bye NO_PICKUP");
        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
    }

    @Test
    void theFirstOfTwoWhoPickUpHasTheCall() {
        pbx.call("a", "7");
        pbx.call("b", "7");
        pbx.call("d", "*8sales");
        pbx.call("e", "*8sales");

        assertThat(sound("a")).last().isEqualTo("bridge d");
        assertThat(sound("b")).last().isEqualTo("bridge e");
    }
}
