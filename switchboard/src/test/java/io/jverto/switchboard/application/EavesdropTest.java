package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ada talks with Bob; Dan listens in.
class EavesdropTest extends ThreeParties {
    @BeforeEach
    void aNumberToListenAt() {
        pbx.dialplan(ECHO + USERS + """
                <extension name="spy"><condition field="destination_number" expression="^88(.+)$">
                  <action application="answer"/><action application="eavesdrop" data="$1"/><action application="hangup" data="NORMAL_UNSPECIFIED"/>
                </condition></extension>
                <extension name="quiet"><condition field="destination_number" expression="^87(.+)$">
                  <action application="set" data="eavesdrop_enable_dtmf=false"/><action application="set" data="eavesdrop_whisper_aleg=true"/>
                  <action application="eavesdrop" data="$1"/></condition></extension>
                <extension name="party"><condition field="destination_number" expression="^84(.+)$">
                  <action application="set" data="eavesdrop_bridge_aleg=true"/><action application="eavesdrop" data="$1"/></condition></extension>
                <extension name="other"><condition field="destination_number" expression="^83(.+)$">
                  <action application="set" data="eavesdrop_bridge_bleg=true"/><action application="set" data="eavesdrop_whisper_aleg=true"/>
                  <action application="eavesdrop" data="$1"/></condition></extension>
                <extension name="both"><condition field="destination_number" expression="^82(.+)$">
                  <action application="set" data="eavesdrop_bridge_aleg=true"/><action application="set" data="eavesdrop_bridge_bleg=true"/>
                  <action application="eavesdrop" data="$1"/></condition></extension>
                <extension name="team"><condition field="destination_number" expression="^86(.+)$">
                  <action application="set" data="eavesdrop_require_group=sales"/><action application="eavesdrop" data="$1"/>
                  <action application="hangup" data="CALL_REJECTED"/></condition></extension>
                <extension name="third"><condition field="destination_number" expression="^85(.+)$">
                  <action application="three_way" data="$1"/></condition></extension>
                """);
    }

    @Test
    void whoListensHearsBothAndIsHeardByNobodyUntilAKeySaysSo() {
        calls("ada", bob, "1001", "Bob");
        TestClient dan = pbx.call("dan", "88ada");

        assertThat(sound("dan")).endsWith("listen to ada, heard by NOBODY");
        for (char key : "1230".toCharArray()) {
            press(dan, key);
        }
        press(dan, '7');

        assertThat(sound("dan").subList(sound("dan").size() - 6, sound("dan").size())).containsExactly(
                "listen to ada, heard by NOBODY", "listen to ada, heard by OTHER", "listen to ada, heard by PARTY", "listen to ada, heard by BOTH",
                "listen to ada, heard by NOBODY", "listen to ada, heard by NOBODY");
    }

    @Test
    void theDialplanGoesOnWhenTheCallIsOver() {
        TestClient ada = calls("ada", bob, "1001", "Bob");
        TestClient dan = pbx.call("dan", "88ada");

        hangsUp(ada);
        pbx.media.of("dan").playbackEnds();
        pbx.time.settle();

        assertThat(last(dan)).contains("NORMAL_UNSPECIFIED");
    }

    @Test
    void anUnknownCallIsNoneAndTheDialplanGoesOn() {
        assertThat(last(pbx.call("dan", "88nobody"))).contains("NORMAL_UNSPECIFIED");
    }

    @Test
    void nobodyListensToHimself() {
        assertThat(last(pbx.call("dan", "88dan"))).contains("NORMAL_UNSPECIFIED");
    }

    @Test
    void nobodyListensToOneWhoListens() {
        calls("ada", bob, "1001", "Bob");
        pbx.call("dan", "88ada");

        assertThat(last(pbx.call("eve", "88dan"))).contains("NORMAL_UNSPECIFIED");
    }

    @Test
    void whoWhispersFromTheStartNeedsNoKeyAndGetsNone() {
        calls("ada", bob, "1001", "Bob");
        TestClient dan = pbx.call("dan", "87ada");
        press(dan, '3');

        assertThat(sound("dan")).endsWith("listen to ada, heard by PARTY");
    }

    @Test
    void oneSideAloneIsHeardWhereTheDialplanSaysWhich() {
        calls("ada", bob, "1001", "Bob");
        TestClient dan = pbx.call("dan", "84ada");
        pbx.call("eve", "83ada");
        pbx.call("fay", "82ada");

        assertThat(sound("dan")).endsWith("listen to PARTY of ada, heard by NOBODY");
        assertThat(sound("eve")).endsWith("listen to OTHER of ada, heard by PARTY");
        assertThat(sound("fay")).endsWith("listen to ada, heard by NOBODY");
        press(dan, '3');
        assertThat(sound("dan")).endsWith("listen to PARTY of ada, heard by BOTH");
    }

    @Test
    void onlyCallsOfTheGroupAreHeard() {
        TestClient ada = calls("ada", bob, "1001", "Bob");
        assertThat(last(pbx.call("dan", "86ada"))).contains("CALL_REJECTED");

        pbx.board.set(ada.channel.id(), "eavesdrop_group", "sales");
        pbx.call("eve", "86ada");

        assertThat(sound("eve")).endsWith("listen to ada, heard by NOBODY");
    }

    @Test
    void oneCallAfterTheOtherByTheStar() {
        for (String caller : new String[] {"ada", "abe", "ann"}) {
            pbx.call(caller, "9196");
            pbx.time.advance(Duration.ofMillis(10));
        }
        TestClient dan = pbx.call("dan", "88all");

        assertThat(sound("dan")).endsWith("listen to ada, heard by NOBODY");
        press(dan, '*');
        assertThat(sound("dan")).endsWith("listen to abe, heard by NOBODY");
        press(dan, '*');
        assertThat(sound("dan")).endsWith("listen to ann, heard by NOBODY");
        press(dan, '*');
        assertThat(sound("dan")).endsWith("listen to ada, heard by NOBODY");
    }

    @Test
    void whereNobodyTalksTheListenerWaits() {
        TestClient dan = pbx.call("dan", "88all");
        assertThat(sound("dan")).endsWith("route Silent");

        pbx.call("abe", "9196");
        pbx.time.advance(Duration.ofMillis(1_500));

        assertThat(sound("dan")).endsWith("listen to abe, heard by NOBODY");
        hangsUp(dan);
    }

    @Test
    void aThirdOneTakesPart() {
        calls("ada", bob, "1001", "Bob");
        TestClient dan = pbx.call("dan", "85ada");
        press(dan, '0');

        assertThat(sound("dan")).endsWith("listen to ada, heard by BOTH");
    }

    private void press(TestClient client, char key) {
        client.channel.dtmf(String.valueOf(key), 0);
        pbx.time.settle();
    }
}
