package io.jverto.switchboard.menu;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `read` and `play_and_get_digits`, in virtual time.
class ReadTest {
    private static final String PROMPT = "tone_stream://%(100,0,440)";
    private static final String WRONG = "tone_stream://%(100,0,200)";
    /// Shows the variables to the test.
    private static final String ANSWER = "answer";
    private static final String HANGUP = "hangup USER_BUSY";

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
    void readEndsWithTheLastDigitThatIsWanted() {
        read("2 3 " + PROMPT + " pin 5000 #");
        promptEnds();
        type("123");

        became("123", "success", null);
        assertThat(caller.heard).last().isEqualTo("0 bye USER_BUSY");
    }

    @Test
    void readEndsWithATerminator() {
        read("2 8 " + PROMPT + " pin 5000 #*");
        promptEnds();
        type("12*");

        became("12", "success", "*");
    }

    @Test
    void tooFewDigitsBeforeATerminatorAreAFailure() {
        read("2 8 " + PROMPT + " pin 5000 #");
        promptEnds();
        type("1#");

        became(null, "failure", "#");
    }

    @Test
    void tooFewDigitsWhenTheTimeIsOverAreATimeout() {
        read("2 8 " + PROMPT + " pin 5000 # 1500");
        pbx.advance(60_000); // the prompt is still playing
        promptEnds();
        pbx.advance(4_999);
        type("1");
        pbx.advance(1_499);
        assertThat(caller.heard).last().asString().doesNotContain("bye");
        pbx.advance(1);

        became(null, "timeout", null);
        assertThat(caller.heard).last().isEqualTo("66499 bye USER_BUSY");
    }

    @Test
    void enoughDigitsWhenTheTimeIsOverAreASuccess() {
        read("1 8 " + PROMPT + " pin 5000 #");
        promptEnds();
        type("77");
        pbx.advance(5_000);

        became("77", "success", null);
    }

    @Test
    void noDigitAtAllIsATimeout() {
        read("1 8 " + PROMPT + " pin 5000 #");
        promptEnds();
        pbx.advance(5_000);

        became(null, "timeout", null);
        assertThat(caller.heard).last().isEqualTo("5000 bye USER_BUSY");
    }

    @Test
    void aTimeoutIsAtLeastASecondAndAMinimumAtLeastOneDigit() {
        read("0 0 " + PROMPT + " pin 20 #");
        promptEnds();
        pbx.advance(999);
        type("5");

        became("5", "success", null);
    }

    @Test
    void aDigitEndsThePromptAndCounts() {
        read("2 2 " + PROMPT + " pin 5000 #");
        type("1");
        assertThat(sounds()).last().isEqualTo("route Silent");
        type("2");

        became("12", "success", null);
    }

    @Test
    void aPatientPromptIsPlayedToItsEnd() {
        read("2 2 " + PROMPT + " pin 5000 x#");
        type("12");
        assertThat(sounds()).last().asString().startsWith("play");
        promptEnds();

        became("12", "success", null);
    }

    @Test
    void aPatientPromptHidesWhatComesAfterTheTerminator() {
        read("1 5 " + PROMPT + " pin 5000 x#");
        type("1#99");
        promptEnds();

        became("1", "success", "#");
    }

    @Test
    void withoutItsRequiredTerminatorNothingCounts() {
        read("1 2 " + PROMPT + " pin 5000 =#");
        promptEnds();
        type("12");
        pbx.advance(5_000);
        became(null, "timeout", null);

        read("1 2 " + PROMPT + " pin 5000 =#");
        promptEnds();
        type("12#");
        became("12", "success", "#");

        read("1 2 " + PROMPT + " pin 5000 =#");
        promptEnds();
        type("123#");
        became(null, "failure", "#");
    }

    @Test
    void aCountedTerminatorIsAPartOfWhatWasTyped() {
        read("1 4 " + PROMPT + " pin 5000 +#");
        promptEnds();
        type("12#");

        became("12#", "success", "#");
    }

    @Test
    void noneMeansThatNothingEndsIt() {
        read("1 3 " + PROMPT + " pin 5000 none");
        promptEnds();
        type("1#*");

        became("1#*", "success", null);
    }

    @Test
    void anyMeansThatEverythingDoes() {
        read("0 3 " + PROMPT + " pin 5000 any");
        promptEnds();
        type("7");

        became(null, "failure", "7");
    }

    @Test
    void withoutASoundTheTimeRunsAtOnce() {
        read("1 4 '' pin 3000 #");
        pbx.advance(3_000);

        became(null, "timeout", null);
    }

    @Test
    void aBrokenSoundDoesNotKeepFromTyping() {
        read("1 1 " + PROMPT + " pin 3000 #");
        pbx.media.of(id()).playbackBreaks();
        pbx.time.settle();
        type("4");

        became("4", "success", null);
    }

    @Test
    void readWithoutAVariableIsAFailure() {
        read("1 1 " + PROMPT);

        became(null, "failure", null);
    }

    @Test
    void whatACallerDialsDoesNotSeparateArguments() {
        caller = dial("1 9 x pin", "read ${destination_number}", ANSWER, HANGUP);

        became(null, "failure", null);
    }

    @Test
    void digitsMustFitTheExpression() {
        ask("2 5 3 4000 # " + PROMPT + " " + WRONG + " pin ^[45]\\\\d+$ 1000");
        promptEnds();
        type("31#");
        assertThat(sounds()).last().isEqualTo("play Tone[script=%(100,0,200)]");
        promptEnds();
        assertThat(sounds()).last().isEqualTo("play Tone[script=%(100,0,440)]");
        promptEnds();
        type("451#");

        became("451", "success", "#");
        assertThat(caller.variables).doesNotContainKey("pin_invalid");
    }

    @Test
    void theLastInvalidDigitsAreKept() {
        ask("2 5 1 4000 # " + PROMPT + " " + WRONG + " pin ^4 1000");
        promptEnds();
        type("31#");
        promptEnds();

        became(null, "failure", "#");
        assertThat(caller.variables).containsEntry("pin_invalid", "31");
    }

    @Test
    void eachTryWaitsItsTime() {
        ask("1 5 2 4000 # " + PROMPT + " silence_stream://1 pin");
        promptEnds();
        pbx.advance(4_000);
        promptEnds();
        promptEnds();
        pbx.advance(4_000);
        promptEnds();

        became(null, "timeout", null);
        assertThat(caller.heard).last().isEqualTo("8000 bye USER_BUSY");
        assertThat(sounds().stream().filter(line -> line.startsWith("play Tone"))).hasSize(2);
    }

    @Test
    void afterTheLastTryTheCallGoesElsewhere() {
        pbx.dialplan("""
                <extension name="ask"><condition field="destination_number" expression="^1$">
                  <action application="play_and_get_digits" data="1 1 1 2000 # '' '' pin \\d 2000 'sorry XML default'"/>
                  <action application="hangup" data="USER_BUSY"/>
                </condition></extension>
                <extension name="sorry"><condition field="destination_number" expression="^sorry$">
                  <action application="hangup" data="CALL_REJECTED"/>
                </condition></extension>""");
        calls++;
        caller = pbx.call(id(), "1");
        pbx.advance(2_000);
        assertThat(caller.heard).last().isEqualTo("2000 bye CALL_REJECTED");

        calls++;
        caller = pbx.call(id(), "1");
        type("5");
        assertThat(caller.heard).last().isEqualTo("2000 bye USER_BUSY");
    }

    @Test
    void withAMinimumOfNothingSilenceIsAnAnswer() {
        ask("0 5 3 4000 # '' " + WRONG + " pin");
        type("#");

        became(null, "success", "#");
    }

    @Test
    void aBrokenExpressionFitsNothing() {
        ask("1 1 1 4000 # '' '' pin [");
        type("1");

        became(null, "failure", null);
    }

    @Test
    void playAndGetDigitsNeedsItsSounds() {
        ask("1 1 1 4000 #");

        became(null, "failure", null);
    }

    @Test
    void aCallThatEndsEndsTheQuestions() {
        ask("1 1 9 4000 # " + PROMPT + " " + WRONG + " pin");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(sounds().stream().filter(line -> line.startsWith("play"))).hasSize(1);
    }

    private void became(String digits, String result, String terminator) {
        if (digits == null) {
            assertThat(caller.variables).doesNotContainKey("pin");
        } else {
            assertThat(caller.variables).containsEntry("pin", digits);
        }
        assertThat(caller.variables).containsEntry("read_result", result);
        if (terminator == null) {
            assertThat(caller.variables).doesNotContainKey("read_terminator_used");
        } else {
            assertThat(caller.variables).containsEntry("read_terminator_used", terminator);
        }
    }

    private void read(String data) {
        caller = dial("1", "read " + data, ANSWER, HANGUP);
    }

    private void ask(String data) {
        caller = dial("1", "play_and_get_digits " + data, ANSWER, HANGUP);
    }

    private TestClient dial(String number, String... actions) {
        calls++;
        pbx.actions(actions);
        return pbx.call(id(), number);
    }

    private void type(String digits) {
        caller.channel.dtmf(digits, 0);
        pbx.time.settle();
    }

    private void promptEnds() {
        pbx.media.of(id()).playbackEnds();
        pbx.time.settle();
    }

    private List<String> sounds() {
        return pbx.media.of(id()).log;
    }

    private String id() {
        return "call-" + calls;
    }
}
