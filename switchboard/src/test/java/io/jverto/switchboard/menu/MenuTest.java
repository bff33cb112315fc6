package io.jverto.switchboard.menu;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `ivr`, in virtual time. A sound is named by the length of its tone.
class MenuTest {
    private static final String SOUNDS = "greet-long='%1' greet-short='%2' invalid-sound='%3' exit-sound='%4' ";

    private final TestSwitch pbx = new TestSwitch();
    private int calls;
    private TestClient caller;

    @AfterEach
    void nothingIsLeft() {
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(pbx.board.channels().rows()).isEmpty();
    }

    @Test
    void aDigitRunsItsApplicationAndTheMenuGoesOn() {
        dial("<menu name='m' " + SOUNDS + "><entry action='menu-exec-app' digits='1' param='set chosen=${caller_id_number}'/>"
                + "<entry action='menu-exec-app' digits='2' param='hangup USER_BUSY'/></menu>");
        type("1");
        assertThat(played()).containsExactly(1, 2);
        type("2");

        assertThat(caller.heard).last().isEqualTo("0 bye USER_BUSY");
    }

    @Test
    void aTransferLeavesTheMenu() {
        dial("<menu name='m' transfer-sound='%7' digit-len='4'><entry action='menu-exec-app' digits='/^(10[01][0-9])$/' param='transfer $1 XML default'/></menu>");
        type("1007");
        assertThat(played()).containsExactly(7);
        soundEnds();

        assertThat(caller.heard).last().isEqualTo("0 bye CALL_REJECTED");
        assertThat(caller.variables).containsEntry("ivr_menu_status", "success").containsEntry("reached", "1007");
    }

    @Test
    void anotherExtensionEndsTheMenuAndRuns() {
        dial("<menu name='m'><entry action='menu-exec-app' digits='1' param='execute_extension 1003 XML default'/></menu>");
        type("1");

        assertThat(caller.heard).last().isEqualTo("0 bye CALL_REJECTED");
        assertThat(caller.variables).containsEntry("reached", "1003");
    }

    @Test
    void whatIsTypedIsDataForTheApplication() {
        dial("<menu name='m' digit-len='9'><entry action='menu-exec-app' digits='/^(.*)$/' param='transfer $1 XML default'/></menu>");
        type("9*8#");

        assertThat(caller.variables).containsEntry("reached", "9*8");
    }

    @Test
    void fewerDigitsCountWhenNoneFollows() {
        dial("<menu name='m' digit-len='4' inter-digit-timeout='1500'><entry action='menu-exec-app' digits='1' param='hangup USER_BUSY'/></menu>");
        type("1");
        pbx.advance(1_499);
        assertThat(caller.heard).hasSize(1);
        pbx.advance(1);

        assertThat(caller.heard).last().isEqualTo("1500 bye USER_BUSY");
    }

    @Test
    void poundEndsDigitsUnlessItIsAChoice() {
        dial("<menu name='m' digit-len='4'><entry action='menu-exec-app' digits='12' param='hangup USER_BUSY'/></menu>");
        type("12#");
        assertThat(caller.heard).last().isEqualTo("0 bye USER_BUSY");

        dial("<menu name='m'><entry action='menu-exec-app' digits='#' param='hangup NO_ANSWER'/></menu>");
        type("#");
        assertThat(caller.heard).last().isEqualTo("0 bye NO_ANSWER");
    }

    @Test
    void wrongDigitsAreToldAndCounted() {
        dial("<menu name='m' " + SOUNDS + " max-failures='2'><entry action='menu-exit' digits='1'/></menu>");
        type("7");
        assertThat(played()).containsExactly(1, 3);
        soundEnds();
        type("8");
        soundEnds();
        soundEnds();

        assertThat(played()).containsExactly(1, 3, 2, 3, 4);
        left("failure");
    }

    @Test
    void silenceIsCounted() {
        dial("<menu name='m' " + SOUNDS + " timeout='3000' max-timeouts='2'><entry action='menu-exit' digits='1'/></menu>");
        soundEnds();
        pbx.advance(3_000);
        soundEnds();
        pbx.advance(3_000);
        soundEnds();

        assertThat(played()).containsExactly(1, 2, 4);
        left("timeout");
        assertThat(caller.heard).last().isEqualTo("6000 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void aGoodChoiceForgivesTheWrongOnes() {
        dial("<menu name='m' " + SOUNDS + " max-failures='2'><entry action='menu-exec-app' digits='1' param='set x=y'/><entry action='menu-exit' digits='2'/></menu>");
        type("7");
        soundEnds();
        type("1");
        type("7");
        soundEnds();
        assertThat(caller.heard).hasSize(1);
        type("2");
        soundEnds();

        left("success");
    }

    @Test
    void anApplicationMayRunWhenNothingHelps() {
        dial("<menu name='m' max-failures='1' exec-on-max-failures='transfer 1002 XML default'><entry action='menu-exit' digits='1'/></menu>");
        type("7");
        assertThat(caller.variables).containsEntry("reached", "1002").containsEntry("ivr_menu_status", "failure");

        dial("<menu name='m' max-timeouts='1' timeout='500' exec-on-max-timeouts='hangup ALLOTTED_TIMEOUT'><entry action='menu-exit' digits='1'/></menu>");
        pbx.advance(500);
        assertThat(caller.heard).last().asString().endsWith("bye ALLOTTED_TIMEOUT");
    }

    @Test
    void aSoundIsPlayedAndTheMenuGoesOn() {
        dial("<menu name='m' " + SOUNDS + "><entry action='menu-play-sound' digits='1' param='%9'/><entry action='menu-exit' digits='2'/></menu>");
        type("1");
        soundEnds();

        assertThat(played()).containsExactly(1, 9, 2);
    }

    @Test
    void menusInMenus() {
        String all = "<menu name='m' greet-long='%1'><entry action='menu-sub' digits='1' param='n'/><entry action='menu-exit' digits='2'/></menu>"
                + "<menu name='n' greet-long='%5'><entry action='menu-sub' digits='1' param='o'/><entry action='menu-back' digits='*'/></menu>"
                + "<menu name='o' greet-long='%6'><entry action='menu-back' digits='*'/><entry action='menu-top' digits='0'/><entry action='menu-exit' digits='9'/></menu>";
        dial(all);
        type("11*1011*");
        assertThat(played()).containsExactly(1, 5, 6, 5, 6, 1, 5, 6, 5);
        type("*2");
        left("success");

        dial(all);
        type("119");
        left("success");
    }

    @Test
    void backFromTheFirstMenuLeavesIt() {
        dial("<menu name='m' " + SOUNDS + "><entry action='menu-back' digits='*'/></menu>");
        type("*");
        soundEnds();

        assertThat(played()).containsExactly(1, 4);
        left("success");
    }

    @Test
    void aMenuThatFailsReturnsToTheOneAbove() {
        dial("<menu name='m' greet-long='%1'><entry action='menu-sub' digits='1' param='n'/><entry action='menu-exit' digits='2'/></menu>"
                + "<menu name='n' greet-long='%5' max-failures='1'><entry action='menu-back' digits='*'/></menu>");
        type("17");

        assertThat(played()).containsExactly(1, 5, 1);
        type("2");
        left("success");
    }

    @Test
    void menusInMenusAreBounded() {
        dial("<menu name='m'><entry action='menu-sub' digits='1' param='m'/></menu>");
        type("1".repeat(15));
        assertThat(caller.heard).hasSize(1);
        type("1");

        left("failure");
    }

    @Test
    void aMenuThatRunsItselfDoesNotGrow() {
        dial("<menu name='m' timeout='100' max-timeouts='1' exec-on-max-timeouts='ivr m'><entry action='menu-exit' digits='1'/></menu>");
        pbx.advance(1_000_000);
        type("1");

        left("success");
    }

    @Test
    void aPinStandsBeforeTheMenu() {
        String menu = "<menu name='m' greet-long='%1' pin='1234' pin-file='%5' bad-pin-file='%6'><entry action='menu-exit' digits='1'/></menu>";
        dial(menu);
        type("99#");
        assertThat(played()).containsExactly(5, 6);
        soundEnds();
        type("1234#");
        assertThat(played()).containsExactly(5, 6, 5, 1);
        type("1");
        left("success");

        dial(menu);
        for (int i = 0; i < 3; i++) {
            type("4321#");
            soundEnds();
        }
        assertThat(played()).containsExactly(5, 6, 5, 6, 5, 6);
        left("failure");
    }

    @Test
    void whatWasTypedMayHaveToBeConfirmed() {
        pbx.phrases("<language name='en'><macros><macro name='sure'><input pattern='^(.*)$'><match>"
                + "<action function='play-file' data='tone_stream://%($1,0,1)'/></match></input></macro></macros></language>");
        dial("<menu name='m' greet-long='%1' max-failures='2' timeout='1000' digit-len='2' confirm-macro='sure' confirm-key='5' confirm-attempts='2'>"
                + "<entry action='menu-exec-app' digits='/(..)/' param='hangup USER_BUSY'/></menu>");
        type("77");
        assertThat(sounds()).last().asString().contains("%(77,0,1)");
        type("4");
        assertThat(played()).containsExactly(1, 1);
        type("88");
        soundEnds();
        pbx.advance(1_000);
        type("5");

        assertThat(caller.heard).last().isEqualTo("1000 bye USER_BUSY");
    }

    @Test
    void withoutAnyConfirmationTheMenuFails() {
        pbx.phrases("<language name='en'/>");
        dial("<menu name='m' max-failures='1' timeout='1000' confirm-macro='nobody' confirm-attempts='2'><entry action='menu-exit' digits='1'/></menu>");
        type("1");
        pbx.advance(1_999);
        assertThat(caller.heard).hasSize(1);
        pbx.advance(1);

        left("failure");
    }

    @Test
    void aMenuThatIsNotThereIsPassedOver() {
        dial("<menu name='other'><entry action='menu-exit' digits='1'/></menu>");

        assertThat(caller.heard).last().isEqualTo("0 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void whatIsWrongWithMenusIsSaidWithItsLine() {
        pbx.menus("""

                <menu name="a" tts-engine="x" greet="y" timeout="soon" confirm-key="12">
                  <entry action="menu-exec-app" digits="1"/>
                  <entry action="menu-dance" digits="1"/>
                  <entry action="menu-back"/>
                  <entry action="menu-sub" digits="/(/" param="b"/>
                  <entry action="menu-sub" digits="2" param="b"/>
                  <other/>
                </menu>
                <menu/>
                <menu name="a"/>""");
        caller = pbx.actions("hangup").call("nobody", "1");

        assertThat(pbx.problems.stream().map(Object::toString)).satisfiesExactly(
                problem -> assertThat(problem).startsWith("test.xml:2: unsupported").contains("tts-engine"),
                problem -> assertThat(problem).startsWith("test.xml:2: warning").contains("greet is not known"),
                problem -> assertThat(problem).startsWith("test.xml:2: error").contains("timeout"),
                problem -> assertThat(problem).startsWith("test.xml:2: error").contains("confirm-key"),
                problem -> assertThat(problem).startsWith("test.xml:3: error").contains("param"),
                problem -> assertThat(problem).startsWith("test.xml:4: error").contains("menu-dance"),
                problem -> assertThat(problem).startsWith("test.xml:5: error").contains("digits"),
                problem -> assertThat(problem).startsWith("test.xml:6: error").contains("regular expression"),
                problem -> assertThat(problem).startsWith("test.xml:8: warning").contains("<other>"),
                problem -> assertThat(problem).startsWith("test.xml:10: error").contains("name"),
                problem -> assertThat(problem).startsWith("test.xml:11: warning").contains("no entries"),
                problem -> assertThat(problem).startsWith("test.xml:11: warning").contains("twice"),
                problem -> assertThat(problem).startsWith("test.xml:7: error").contains("there is no menu b"));
    }

    /// The status that the dialplan sees after the menu, which then finds no route.
    private void left(String status) {
        assertThat(caller.heard).last().asString().endsWith("bye NO_ROUTE_DESTINATION");
        assertThat(caller.variables).containsEntry("ivr_menu_status", status);
    }

    /// @param menus `%5` in them is a tone of that length
    private void dial(String menus) {
        pbx.menus(menus.replaceAll("%(\\d)", "tone_stream://%($1,0,1)"));
        pbx.dialplan("""
                <extension name="menu"><condition field="destination_number" expression="^1$">
                  <action application="ivr" data="m"/>
                  <action application="answer"/>
                  <action application="hangup" data="NO_ROUTE_DESTINATION"/>
                </condition></extension>
                <extension name="other"><condition field="destination_number" expression="^(.*)$">
                  <action application="set" data="reached=$1"/>
                  <action application="answer"/>
                  <action application="hangup" data="CALL_REJECTED"/>
                </condition></extension>""");
        calls++;
        caller = pbx.call("call-" + calls, "1");
    }

    private void type(String digits) {
        caller.channel.dtmf(digits, 0);
        pbx.time.settle();
    }

    private void soundEnds() {
        pbx.media.of("call-" + calls).playbackEnds();
        pbx.time.settle();
    }

    private List<String> sounds() {
        return pbx.media.of("call-" + calls).log.stream().filter(line -> line.startsWith("play")).toList();
    }

    private List<Integer> played() {
        return sounds().stream().filter(line -> line.startsWith("play Tone")).map(line -> line.replaceAll("\\D", "").substring(0, 1)).map(Integer::valueOf).toList();
    }
}
