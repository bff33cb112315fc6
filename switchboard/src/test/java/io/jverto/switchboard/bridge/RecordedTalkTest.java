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
