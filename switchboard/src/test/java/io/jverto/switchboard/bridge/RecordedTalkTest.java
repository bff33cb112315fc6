package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings of a session that wait for an answer, or for somebody to talk with.
class RecordedTalkTest extends ThreeParties {
    @TempDir
    Path folder;

    @Test
    void oneThatNeedsATalkLeavesOutWhatIsNone() {
        TestClient ada = record("RECORD_BRIDGE_REQ", "answer");
        assertThat(flow()).containsExactly("recording 1 PAUSED");
        answers(bob);
        assertThat(flow()).last().isEqualTo("recording 1 RUNS");

        pbx.time.start("operator", () -> pbx.commands.run("uuid_record a mask talk.wav"));
        pbx.time.settle();
        assertThat(flow()).last().isEqualTo("recording 1 MASKED");
        hangsUp(bob.rung());
        assertThat(flow()).last().isEqualTo("recording 1 PAUSED");
        hangsUp(ada);
    }

    @Test
    void oneThatNeedsAnAnswerBeginsWithIt() {
        TestClient ada = record("RECORD_ANSWER_REQ", "pre_answer");
        assertThat(flow()).containsOnly("recording 1 PAUSED");
        answers(bob);

        assertThat(flow()).last().isEqualTo("recording 1 RUNS");
        hangsUp(bob.rung());
        assertThat(flow()).last().isEqualTo("recording 1 RUNS");
        hangsUp(ada);
    }

    @Test
    void oneEndsBySilenceAsItsVariablesSay() {
        pbx.folders(folder, folder, "");
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$"><action application="answer"/>
                  <action application="set" data="RECORD_INITIAL_TIMEOUT_MS=9000"/><action application="set" data="RECORD_FINAL_TIMEOUT_MS=2000"/>
                  <action application="record_session" data="a.wav"/><action application="set" data="RECORD_SILENCE_THRESHOLD=500"/>
                  <action application="record_session" data="b.wav"/><action application="multiunset" data="RECORD_INITIAL_TIMEOUT_MS RECORD_FINAL_TIMEOUT_MS"/>
                  <action application="record_session" data="c.wav"/><action application="park"/></condition></extension>
                """);
        pbx.call("a", "1");

        assertThat(sound("a").stream().filter(line -> line.startsWith("record session ")).map(line -> line.replaceFirst(".*(Silence\\[[^]]*\\]).*", "$1")))
                .containsExactly("Silence[level=200, millis=2000, initialMillis=9000]", "Silence[level=500, millis=2000, initialMillis=9000]",
                        "Silence[level=0, millis=0, initialMillis=0]");
    }

    @Test
    void aTalkIsNotRecordedTwiceIntoOneFileWhereThatIsLookedAt() {
        TestClient ada = record("RECORD_STEREO", "answer");
        answers(bob);
        String other = leg(bob);

        order("uuid_setvar " + other + " RECORD_CHECK_BRIDGE true");
        order("uuid_record " + other + " start talk.wav");
        assertThat(sound(other)).noneMatch(line -> line.startsWith("record session"));
        order("uuid_record " + other + " start other.wav");
        assertThat(sound(other)).anyMatch(line -> line.startsWith("record session"));

        order("uuid_setvar a RECORD_TOGGLE_ON_REPEAT true");
        order("uuid_record " + other + " start talk.wav");
        assertThat(sound("a")).contains("stop recording 1");
        hangsUp(ada);
    }

    private void order(String command) {
        pbx.time.start("operator", () -> pbx.commands.run(command));
        pbx.time.settle();
    }

    private TestClient record(String variable, String before) {
        pbx.folders(folder, folder, "");
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="%s"/><action application="set" data="%s=true"/><action application="record_session" data="%s"/>
                  <action application="bridge" data="user/1001@example.org"/><action application="park"/></condition></extension>
                """.formatted(before, variable, "talk.wav"));
        return pbx.call("a", "1");
    }

    private List<String> flow() {
        return sound("a").stream().filter(line -> line.startsWith("recording ")).toList();
    }
}
