package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.ThreeParties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Ada calls Bob, with keys bound; the keys that they press in the talk.
class MetaKeysTest extends ThreeParties {
    private static final String FEATURES = """
            </context><context name="features">
              <extension name="att_xfer"><condition field="destination_number" expression="^att_xfer$">
                <action application="read" data="4 4 silence_stream://1000 digits 5000 #"/>
                <action application="att_xfer" data="user/${digits}@example.org"/></condition></extension>
              <extension name="go"><condition field="destination_number" expression="^go$">
                <action application="transfer" data="9196 XML default"/></condition></extension>
            """;

    private TestClient talk(String... bindings) {
        StringBuilder actions = new StringBuilder();
        for (String binding : bindings) {
            String[] parts = binding.split(" ", 2);
            actions.append("<action application=\"").append(parts[0]).append("\" data=\"").append(parts.length > 1 ? parts[1] : "").append("\"/>");
        }
        pbx.dialplan(ECHO + USERS.replace("<action application=\"bridge\"", actions + "<action application=\"bridge\"") + FEATURES);
        return calls("ada", bob, "1001", "Bob");
    }

    @Test
    void whomTheKeyIsBoundForRunsTheApplicationAndNobodyHearsIt() {
        TestClient ada = talk("bind_meta_app 5 b s set::pressed=yes");

        press(bob.rung(), "*5");

        assertThat(pbx.variable(bob.rung(), "pressed")).isEqualTo("yes");
        assertThat(pbx.variable(ada, "pressed")).isEmpty();
        assertThat(digits("ada")).isEmpty();
    }

    @Test
    void theOtherSidesKeysArePassedOnAtOnce() {
        TestClient ada = talk("bind_meta_app 5 b s set::pressed=yes");

        press(ada, "*5");

        assertThat(digits(leg(bob))).containsExactly("dtmf *", "dtmf 5");
        assertThat(pbx.variable(bob.rung(), "pressed")).isEmpty();
    }

    @Test
    void theFlagSaysWhichLegRunsIt() {
        TestClient ada = talk("bind_meta_app 1 ab a set::on=a", "bind_meta_app 2 ab b set::on=b", "bind_meta_app 3 ab s set::on=s",
                "bind_meta_app 4 ab o set::on=o", "bind_meta_app 5 ab set::on=default");
        for (Map.Entry<String, List<String>> expected : Map.of("1", List.of("a", "a"), "2", List.of("b", "b"), "3", List.of("b", "a"),
                "4", List.of("a", "b"), "5", List.of("a", "a")).entrySet()) {
            for (TestClient who : List.of(bob.rung(), ada)) {
                for (TestClient all : List.of(bob.rung(), ada)) {
                    pbx.board.set(all.channel.id(), "on", "");
                }
                press(who, "*" + expected.getKey());

                boolean ran = !pbx.variable(ada, "on").isEmpty();
                assertThat(ran ? "a" : "b").as("%s by %s", expected, who.channel.id()).isEqualTo(expected.getValue().get(who == ada ? 1 : 0));
                assertThat(pbx.variable(ran ? bob.rung() : ada, "on")).isEmpty();
            }
        }
    }

    @Test
    void aStarThatIsFollowedByNoBoundKeyIsPassedOnWithWhatFollows() {
        talk("bind_meta_app 5 b s set::pressed=yes");

        press(bob.rung(), "*");
        assertThat(digits("ada")).isEmpty();
        press(bob.rung(), "7");

        assertThat(digits("ada")).containsExactly("dtmf *", "dtmf 7");
    }

    @Test
    void aStarAloneIsPassedOnAfterThreeSeconds() {
        TestClient ada = talk("bind_meta_app 5 ab s set::pressed=yes");
        press(bob.rung(), "*");
        press(ada, "*");

        pbx.advance(2_900);
        assertThat(digits("ada")).isEmpty();
        pbx.advance(200);
        press(bob.rung(), "5");

        assertThat(digits("ada")).containsExactly("dtmf *", "dtmf 5");
        assertThat(digits(leg(bob))).containsExactly("dtmf *");
    }

    @Test
    void onceIsOnce() {
        talk("bind_meta_app 5 b s1 set::pressed=yes");
        press(bob.rung(), "*5");

        press(bob.rung(), "*5");

        assertThat(digits("ada")).containsExactly("dtmf *", "dtmf 5");
    }

    @Test
    void theFirstKeyCanBeAnother() {
        talk("set bind_meta_key=#", "bind_meta_app 5 b s set::pressed=yes");
        press(bob.rung(), "*5");
        assertThat(digits("ada")).containsExactly("dtmf *", "dtmf 5");

        press(bob.rung(), "#5");

        assertThat(pbx.variable(bob.rung(), "pressed")).isEqualTo("yes");
    }

    @Test
    void aKeyThatIsBoundNoMoreIsADigit() {
        talk("bind_meta_app 5 b s set::pressed=5", "bind_meta_app 6 b s set::pressed=6", "unbind_meta_app 5");
        press(bob.rung(), "*5");
        assertThat(pbx.variable(bob.rung(), "pressed")).isEmpty();

        press(bob.rung(), "*6");
        assertThat(pbx.variable(bob.rung(), "pressed")).isEqualTo("6");
    }

    @Test
    void allKeysCanBeFreedAtOnce() {
        talk("bind_meta_app 5 b s set::pressed=5", "unbind_meta_app");

        press(bob.rung(), "*");

        assertThat(digits("ada")).containsExactly("dtmf *");
    }

    @Test
    void anotherExtensionSendsWhoPressedElsewhere() {
        TestClient ada = talk("bind_meta_app 3 b s execute_extension::go XML features");

        press(bob.rung(), "*3");

        assertThat(sound(leg(bob))).last().isEqualTo("route Echo");
        assertThat(last(ada)).contains("bye");
    }

    @Test
    void whoPressedSendsTheOtherOneElsewhere() {
        TestClient ada = talk("bind_meta_app 3 b s transfer::-bleg 9196 XML default");

        press(bob.rung(), "*3");

        assertThat(sound("ada")).last().isEqualTo("route Echo");
        assertThat(ada.heard).noneMatch(line -> line.contains("bye"));
        assertThat(last(bob.rung())).isEqualTo("0 bye BLIND_TRANSFER");
    }

    @Test
    void aTransferToANumberThatIsAskedFor() {
        talk("bind_meta_app 4 b s execute_extension::att_xfer XML features");
        press(bob.rung(), "*4");
        press(bob.rung(), "1002");
        assertThat(sound("ada")).last().isEqualTo("play Music[]");

        answers(cy, "Cy");
        hangsUp(bob.rung());

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(cy));
        assertThat(digits("ada")).isEmpty();
    }

    @Test
    void digitsThatComeInTheSameMomentAreForWhatTheKeyStartsAndNotForTheOtherSide() {
        talk("bind_meta_app 4 b s execute_extension::att_xfer XML features");

        press(bob.rung(), "*41002");
        assertThat(sound("ada")).last().isEqualTo("play Music[]");
        answers(cy, "Cy");
        hangsUp(bob.rung());

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(cy));
        assertThat(digits("ada")).isEmpty();
    }

    /// Not another copy of it, but the file itself.
    private void featuresOfOurTree() throws IOException {
        String file = Files.readString(Path.of("..", "conf", "dialplan", "features.xml")).replace("$${domain}", "example.org");
        String features = file.substring(file.indexOf("<context"), file.indexOf("</include>"));
        pbx.contexts("<context name=\"default\">" + ECHO + USERS.replace("<action application=\"bridge\"",
                "<action application=\"bind_meta_app\" data=\"1 b s execute_extension::dx XML features\"/>"
                        + "<action application=\"bind_meta_app\" data=\"4 b s execute_extension::att_xfer XML features\"/>"
                        + "<action application=\"bridge\"") + "</context>" + features);
    }

    @Test
    void ourTreesKeysAskSomebodyFirst() throws IOException {
        featuresOfOurTree();
        calls("ada", bob, "1001", "Bob");

        press(bob.rung(), "*4");
        press(bob.rung(), "1002#");
        answers(cy, "Cy");
        hangsUp(bob.rung());

        assertThat(sound("ada")).last().isEqualTo("bridge " + leg(cy));
    }

    @Test
    void ourTreesKeysSendTheCallerToANumber() throws IOException {
        featuresOfOurTree();
        calls("ada", bob, "1001", "Bob");

        press(bob.rung(), "*1");
        press(bob.rung(), "9196#");

        assertThat(sound("ada")).last().isEqualTo("route Echo");
        assertThat(last(bob.rung())).isEqualTo("0 bye BLIND_TRANSFER");
    }

    @Test
    void ourTreesKeysDoNothingWithoutANumber() throws IOException {
        featuresOfOurTree();
        TestClient ada = calls("ada", bob, "1001", "Bob");

        for (String keys : List.of("*1 #", "*4 #", "*4 9196#")) {
            press(bob.rung(), keys.split(" ")[0]);
            press(bob.rung(), keys.split(" ")[1]);
            pbx.advance(12_000);
        }
        press(bob.rung(), "7");

        assertThat(digits("ada")).containsExactly("dtmf 7");
        assertThat(ada.heard).noneMatch(line -> line.contains("bye"));
        assertThat(cy.calls).isEmpty();
    }

    @Test
    void s12WhatACallerChoseNamesNoApplication() {
        pbx.dialplan(ECHO + USERS.replace("<action application=\"bridge\"",
                "<action application=\"bind_meta_app\" data=\"5 b s ${wish}\"/><action application=\"bridge\""));
        pbx.call("ada", "1001", TestSdp.OPUS, Map.of("wish", "set::pressed=yes"));
        answers(bob, "Bob");

        press(bob.rung(), "*5");

        assertThat(pbx.variable(bob.rung(), "pressed")).isEmpty();
    }

    @Test
    void aBindingThatIsNoneIsLeftOut() {
        talk("bind_meta_app 55 b s set::pressed=yes", "bind_meta_app 5", "bind_meta_app x b s set::pressed=yes");

        press(bob.rung(), "*5");

        assertThat(digits("ada")).containsExactly("dtmf *", "dtmf 5");
    }
}
