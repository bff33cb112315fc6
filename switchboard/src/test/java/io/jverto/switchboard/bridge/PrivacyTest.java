package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.CallerProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ada, who is "Tester 1000" at 1000, calls Bob and wants to stay hidden.
class PrivacyTest extends ThreeParties {
    private int calls;

    private TestClient calls(String bridge, String... before) {
        StringBuilder actions = new StringBuilder();
        for (String one : before) {
            String[] parts = one.split(" ", 2);
            actions.append("<action application=\"").append(parts[0]).append("\" data=\"").append(parts[1]).append("\"/>");
        }
        pbx.dialplan("<extension name=\"all\"><condition>" + actions + "<action application=\"bridge\" data=\"" + bridge
                + "user/1001@example.org\"/></condition></extension>");
        return pbx.call("ada" + ++calls, "1001");
    }

    private String seen() {
        CallerProfile caller = bob.calls.getLast().caller();
        return caller.callerName() + " <" + caller.callerNumber() + "> " + caller.ani();
    }

    @Test
    void whomItCallsSeesNobodyAndNoNumber() {
        calls("", "privacy full");

        assertThat(seen()).isEqualTo("Anonymous <anonymous> anonymous");
        answers(bob, "Bob");
        assertThat(bob.rung().heard).noneMatch(line -> line.contains("Tester"));
        assertThat(bob.rung().heard).anyMatch(line -> line.contains("display Anonymous anonymous"));
    }

    @Test
    void nameAndNumberAreHiddenByThemselves() {
        calls("", "privacy name");
        assertThat(seen()).isEqualTo("Anonymous <1000> 1000");
        calls("", "privacy number");
        assertThat(seen()).isEqualTo("Tester 1000 <anonymous> anonymous");
        calls("", "privacy full", "privacy off");
        assertThat(seen()).isEqualTo("Tester 1000 <1000> 1000");
    }

    @Test
    void aNameByWhichItWouldBeShownIsHiddenTooButNotOneThatTheDialStringGives() {
        calls("", "set effective_caller_id_name=Ada", "privacy full");
        assertThat(seen()).startsWith("Anonymous <anonymous>");
        calls("{origination_caller_id_name=Company,origination_caller_id_number=555}", "privacy full");
        assertThat(seen()).startsWith("Company <555>");
    }

    @Test
    void whoIsCalledMayHideToo() {
        TestClient ada = calls("{execute_on_answer='privacy full'}", "set a=b");
        answers(bob, "Bob");

        assertThat(ada.heard).anyMatch(line -> line.contains("display Anonymous anonymous"));
    }

    @Test
    void eventsSayWhatIsHiddenAndHaveIt() {
        List<String> seen = pbx.watch("Unique-ID", "Caller-Caller-ID-Number", "Caller-Privacy-Hide-Name", "Caller-Privacy-Hide-Number");

        calls("", "privacy number", "answer ");

        assertThat(seen).contains("CHANNEL_CREATE ada1 1000 false false", "CHANNEL_ANSWER ada1 1000 false true");
    }

    @Test
    void conditionsCanAskForIt() {
        pbx.dialplan("<extension name=\"one\" continue=\"true\"><condition><action application=\"privacy\" data=\"name\" inline=\"true\"/></condition></extension>"
                + "<extension name=\"two\"><condition field=\"privacy_hide_name\" expression=\"^true$\"/><condition field=\"privacy_hide_number\""
                + " expression=\"^false$\"><action application=\"echo\"/></condition></extension>");

        pbx.call("ada", "1");

        assertThat(sound("ada")).last().isEqualTo("route Echo");
    }
}
