package io.jverto.switchboard.dialplan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DialplanTest {
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Call call = new Call(Map.of("destination_number", "1005", "caller_id_name", "Ann"));

    @Test
    void theFirstExtensionThatMatchesIsTaken() {
        assertThat(hunt("""
                <extension name="no"><condition field="destination_number" expression="^2"><action application="a"/></condition></extension>
                <extension name="yes"><condition field="destination_number" expression="^(10)(..)$"><action application="b" data="$1-$2-${x}"/></condition></extension>
                <extension name="late"><condition><action application="c"/></condition></extension>
                """)).containsExactly("b(10-05-${x})");
    }

    @Test
    void continueGoesOnAndActionsAddUp() {
        assertThat(hunt("""
                <extension continue="true"><condition><action application="a"/></condition></extension>
                <extension><condition field="destination_number" expression="1"><action application="b">text</action></condition></extension>
                <extension><condition><action application="c"/></condition></extension>
                """)).containsExactly("a()", "b(text)");
    }

    @Test
    void breakDecidesWhatStillCounts() {
        assertThat(hunt(two("", ""))).containsExactly("anti()");
        assertThat(hunt(two("never", ""))).containsExactly("anti()", "second()");
        assertThat(hunt(two("on-true", ""))).containsExactly("anti()", "second()");
        assertThat(hunt(two("always", ""))).containsExactly("anti()");
        assertThat(hunt(two("", "1"))).containsExactly("first()", "second()");
        assertThat(hunt(two("on-true", "1"))).containsExactly("first()");
        assertThat(hunt(two("always", "1"))).containsExactly("first()");
        assertThat(hunt(two("never", "1"))).containsExactly("first()", "second()");
    }

    private static String two(String breaks, String expression) {
        return "<extension><condition field='destination_number' expression='" + (expression.isEmpty() ? "^x" : expression) + "'"
                + (breaks.isEmpty() ? "" : " break='" + breaks + "'")
                + "><action application='first'/><anti-action application='anti'/></condition>"
                + "<condition><action application='second'/></condition></extension>";
    }

    @Test
    void aFailedConditionEndsTheExtensionButKeepsWhatWasQueued() {
        assertThat(hunt("""
                <extension>
                  <condition field="destination_number" expression="^1"><action application="a"/></condition>
                  <condition field="caller_id_name" expression="^Bob$"><action application="b"/></condition>
                </extension>
                <extension><condition><action application="c"/></condition></extension>
                """)).containsExactly("a()", "c()");
    }

    @Test
    void inlineActionsActWhileHunting() {
        assertThat(hunt("""
                <extension continue="true"><condition><action application="set" data="seen=yes" inline="true"/></condition></extension>
                <extension><condition field="${seen}" expression="^yes$"><action application="a"/></condition></extension>
                """)).containsExactly("a()");
        assertThat(call.inlined).hasSize(1);
    }

    @Test
    void severalTestsAreJoinedByAllAnyAndXor() {
        assertThat(hunt(joined("all"))).isEmpty();
        assertThat(hunt(joined("any"))).containsExactly("a(1005)");
        assertThat(hunt(joined("xor"))).containsExactly("a(1005)");
    }

    private static String joined(String mode) {
        return "<extension><condition regex='" + mode + "'><regex field='destination_number' expression='^(.*)$'/>"
                + "<regex field='caller_id_name' expression='^(Bob)$'/><action application='a' data='$1'/></condition></extension>";
    }

    @Test
    void nestedConditionsDecideWithTheirParent() {
        assertThat(hunt(nested("^Ann", ""))).containsExactly("parent()", "child()");
        assertThat(hunt(nested("^Bob", ""))).containsExactly("parent()", "other()");
        assertThat(hunt(nested("^Bob", "require-nested='false'"))).containsExactly("parent()");
    }

    private static String nested(String child, String attribute) {
        return "<extension><condition field='destination_number' expression='^1' " + attribute + "><action application='parent'/>"
                + "<condition field='caller_id_name' expression='" + child + "'><action application='child'/></condition></condition></extension>"
                + "<extension><condition><action application='other'/></condition></extension>";
    }

    @Test
    void s11VariablesInExpressionsAreData() {
        call.variables.put("number", Text.data("1005"));
        call.variables.put("evil", Text.data(".*"));

        assertThat(hunt("""
                <extension><condition field="destination_number" expression="^${evil}$"><action application="a"/></condition></extension>
                <extension><condition field="destination_number" expression="^${number}$"><action application="b"/></condition></extension>
                """)).containsExactly("b()");
    }

    @Test
    void whatCannotBeDoneIsReportedAndItsExtensionLeftOut() {
        assertThat(hunt("""
                <extension><condition hour="9-25"><action application="a"/></condition></extension>
                <extension><condition field="destination_number" expression="^(1"><action application="b"/></condition></extension>
                <extension><condition><action/></condition></extension>
                <extension><condition regex="most"><action application="d"/></condition></extension>
                <extension><action application="e"/><condition><action application="f" loop="2"/></condition></extension>
                """)).containsExactly("f()", "f()");
        assertThat(problems).extracting(ConfigProblem::severity).containsExactly(
                Severity.ERROR, Severity.ERROR, Severity.ERROR, Severity.ERROR, Severity.WARNING);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.origin().line()).isPositive());
    }

    @Test
    void contextsAreFoundInAnyLetterCaseAndElseTheGlobalOne() {
        Dialplan dialplan = Dialplan.read(Config.xml("""
                <section><context name="Default"><extension><condition><action application="a"/></condition></extension></context>
                <context name="global"><extension><condition><action application="b"/></condition></extension></context><context/></section>
                """), problems::add);
        Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);

        assertThat(dialplan.hunt("DEFAULT", call, counters)).extracting(Step::application).containsExactly("a");
        assertThat(dialplan.hunt("nowhere", call, counters)).extracting(Step::application).containsExactly("b");
        assertThat(Dialplan.EMPTY.hunt("default", call, counters)).isEmpty();
        assertThat(problems).hasSize(1);
    }

    private List<String> hunt(String extensions) {
        Dialplan dialplan = Dialplan.read(Config.xml("<section><context name='default'>\n" + extensions + "</context></section>"), problems::add);
        return dialplan.hunt("default", call, new Counters<>(SwitchCounter.class)).stream()
                .map(step -> step.application() + "(" + step.data() + ")")
                .toList();
    }
}
