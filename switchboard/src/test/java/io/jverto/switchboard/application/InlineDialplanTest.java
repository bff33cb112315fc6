package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.dialplan.InlineDialplan;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Destinations that say themselves what to do.
class InlineDialplanTest {
    private final TestSwitch pbx = new TestSwitch();

    @AfterEach
    void nothingIsLeft() {
        pbx.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        pbx.time.settle();
        assertThat(pbx.media.open).hasValue(0);
    }

    @Test
    void aTransferRunsWhatItsDestinationSays() {
        pbx.actions("transfer answer,echo inline");

        assertThat(pbx.call("a", "1").heard).containsExactly("0 answer sdp");
        assertThat(pbx.media.of("a").log).last().isEqualTo("route Echo");
    }

    @Test
    void quotesKeepSpacesAndAnotherSeparatorKeepsCommas() {
        pbx.actions("transfer 'm:^:set:said=a, b c^respond:486' inline");

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye USER_BUSY");
    }

    @Test
    void theKindIsNotInheritedByTheNextTransfer() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="transfer" data="transfer:2 inline"/></condition></extension>
                <extension><condition field="destination_number" expression="^2$"><action application="respond" data="486"/></condition></extension>
                """);

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye USER_BUSY");
    }

    @Test
    void aCallerWhoDialsApplicationsRunsNone() {
        pbx.actions("transfer $1 inline");

        TestClient caller = pbx.call("a", "answer,echo", TestSdp.OPUS, Map.of());

        assertThat(caller.heard).containsExactly("0 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void whatACallerSaysIsAnArgumentAtMost() {
        Text destination = Text.join(Text.syntax("log:INFO "), Text.data("x,hangup:USER_BUSY"));

        assertThat(InlineDialplan.steps(destination)).singleElement().satisfies(step -> {
            assertThat(step.application()).isEqualTo("log");
            assertThat(step.data()).hasToString("INFO x,hangup:USER_BUSY");
        });
        assertThat(InlineDialplan.steps(Text.join(Text.data("hang"), Text.syntax("up")))).isEqualTo(List.of());
    }

    @Test
    void ofSeveralKindsTheFirstThatFindsSomethingCounts() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="transfer" data="2 enum,XML"/></condition></extension>
                <extension><condition field="destination_number" expression="^2$"><action application="respond" data="486"/></condition></extension>
                """);

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye USER_BUSY");
    }

    @Test
    void elementsAreAddedToAnArrayAndFoundByNumber() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="push" data="list=8"/><action application="push" data="list=6"/><action application="unshift" data="list=4"/>
                  <action application="multiset" data="first=${list[0]} last=${list[2]}"/><action application="set" data="middle=${list[1]}"/>
                  <action application="multiunset" data="list other"/>
                  <action application="respond" data="${first}${middle}${last}${list[0]}"/></condition></extension>
                """);

        assertThat(pbx.call("a", "1").heard).containsExactly("0 bye USER_BUSY"); // 486
    }
}
