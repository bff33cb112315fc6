package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToneApplicationsTest {
    private final TestSwitch pbx = new TestSwitch();

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private TestClient call(String... applications) {
        String[] actions = new String[applications.length + 2];
        System.arraycopy(applications, 0, actions, 1, applications.length);
        actions[0] = "answer";
        actions[actions.length - 1] = "park";
        pbx.actions(actions);
        TestClient caller = pbx.call("a", "1");
        pbx.time.settle();
        return caller;
    }

    private void found(long number) {
        pbx.media.of("a").listener.onToneFound(number);
        pbx.time.settle();
    }

    private List<String> asked() {
        return pbx.media.of("a").log.stream().filter(line -> line.contains("detect")).toList();
    }

    @Test
    void whenTheToneIsThereTheApplicationRunsOnce() {
        List<String> seen = pbx.watch("Detected-Tone");
        TestClient caller = call("set execute_on_tone_detect=set hooked=\\${detected_tone}", "tone_detect busy 480,620 r +30 set 'heard=a busy tone' 3");
        assertThat(asked()).containsExactly("detect tone 1 SAID [480.0, 620.0] 3");

        found(1);
        found(1);

        assertThat(pbx.variable(caller, "heard")).isEqualTo("a busy tone");
        assertThat(pbx.variable(caller, "hooked")).isEqualTo("busy");
        assertThat(pbx.variable(caller, "detected_tone")).isEqualTo("busy");
        assertThat(seen.stream().filter(line -> line.equals("DETECTED_TONE busy"))).hasSize(1);
        assertThat(asked()).last().isEqualTo("stop detecting 1");
    }

    @Test
    void aFaxMachineIsSentElsewhere() {
        pbx.dialplan("""
                <extension name="1"><condition field="destination_number" expression="^1$"><action application="answer"/>
                  <action application="tone_detect" data="fax 1100 r 0 transfer 'fax XML default'"/><action application="park"/></condition></extension>
                <extension name="fax"><condition field="destination_number" expression="^fax$"><action application="echo"/></condition></extension>
                """);
        pbx.call("a", "1");

        found(1);

        assertThat(pbx.media.of("a").log).last().isEqualTo("route Echo");
    }

    @Test
    void itIsGivenUpWhenTheTimeIsOver() {
        TestClient caller = call("tone_detect fax 1100 r +5 set heard=yes");
        pbx.advance(4_999);
        assertThat(asked()).hasSize(1);

        pbx.advance(1);
        found(1);

        assertThat(asked()).last().isEqualTo("stop detecting 1");
        assertThat(pbx.variable(caller, "heard")).isEmpty();
    }

    @Test
    void bothWaysAreTwoAndTheSameKeyComesInsteadOfTheOneBefore() {
        call("tone_detect one 440 rw", "tone_detect one 480 w", "fax_detect");
        assertThat(asked()).containsExactly("detect tone 1 SAID [440.0] 1", "detect tone 2 HEARD [440.0] 1", "stop detecting 2",
                "detect tone 3 HEARD [480.0] 1", "detect tone 4 SAID [1100.0] 1");
    }

    @Test
    void allIsEndedAtOnce() {
        TestClient caller = call("tone_detect one 440", "tone_detect two 480", "stop_tone_detect");
        assertThat(asked()).contains("stop detecting 1", "stop detecting 2");

        found(1);

        assertThat(pbx.variable(caller, "detected_tone")).isEmpty();
    }

    @Test
    void whatMakesNoSenseLooksForNothing() {
        call("tone_detect", "tone_detect fax", "tone_detect fax loud", "tone_detect fax 100", "tone_detect fax 5000", "tone_detect fax 1,2,3,4,5,6",
                "tone_detect fax 1100 x", "tone_detect fax 1100 r soon", "tone_detect fax 1100 r 0 set a=b many");
        assertThat(asked()).isEmpty();
    }

    @Test
    void moreThanACallMayLookForAreLeftOut() {
        String[] all = new String[18];
        for (int i = 0; i < all.length; i++) {
            all[i] = "tone_detect key" + i + " 440";
        }
        call(all);

        assertThat(asked()).hasSize(16);
    }
}
