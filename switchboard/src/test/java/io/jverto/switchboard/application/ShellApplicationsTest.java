package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Shell.Command;
import io.jverto.switchboard.port.Shell.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShellApplicationsTest {
    private final TestSwitch pbx = new TestSwitch();

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private TestClient call(Map<String, String> variables, String... actions) {
        pbx.actions(actions);
        TestClient caller = pbx.call("a", "1", TestSdp.OPUS, variables);
        pbx.time.settle();
        return caller;
    }

    @Test
    void aCommandIsWaitedForAndItsStatusIsAVariable() {
        pbx.shell.result = new Result.Exited(3, ": no");

        TestClient caller = call(Map.of(), "set where=/tmp/x", "system touch ${where} && echo done", "set after=${system_result}", "park");

        assertThat(pbx.shell.ran).containsExactly(new Command("touch /tmp/x && echo done", Map.of()));
        assertThat(pbx.variable(caller, "after")).isEqualTo("3");
    }

    @Test
    void oneThatFailsGivesMinusOneAndTheDialplanGoesOn() {
        pbx.shell.result = new Result.Failed("took too long");

        assertThat(pbx.variable(call(Map.of(), "system sleep 99", "park"), "system_result")).isEqualTo("-1");
    }

    @Test
    void theCommandIsNotWantedAnyMoreWhenItsCallIsOver() {
        pbx.shell.during = () -> pbx.board.hangupAll(Cause.NORMAL_CLEARING);

        call(Map.of(), "system sleep 99", "system never");

        assertThat(pbx.shell.ran).hasSize(1);
        assertThat(pbx.shell.wanted.getAsBoolean()).isFalse();
    }

    @Test
    void oneInTheBackgroundIsNotWaitedForAndOutlivesItsCall() {
        TestClient caller = call(Map.of(), "bgsystem sleep 99", "park");
        assertThat(pbx.variable(caller, "system_result")).isEmpty();

        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(pbx.shell.ran).containsExactly(new Command("sleep 99", Map.of()));
        assertThat(pbx.shell.wanted.getAsBoolean()).isTrue();
    }

    @Test
    void withoutTheOperatorsLeaveTheCallEnds() {
        pbx.shell.on = false;
        for (String action : List.of("system date", "bgsystem date")) {
            assertThat(call(Map.of(), action, "park").heard).last().asString().as(action).contains("DESTINATION_OUT_OF_ORDER");
        }

        assertThat(pbx.shell.ran).isEmpty();
    }

    @Test
    void s11WhatACallerChoseIsOneWordWhateverTheQuotes() {
        call(Map.of("evil", "a'; rm -rf / \" $(id) `id` \\", "other", "\0b"),
                "system log ${evil} \"x ${evil} y\" 'z ${evil}${other}' \"it's ${evil}\"", "park");

        assertThat(pbx.shell.ran).singleElement().satisfies(command -> {
            assertThat(command.script()).isEqualTo("log \"${JVERTO_1}\" \"x ${JVERTO_2} y\" 'z '\"${JVERTO_3}\"'' \"it's ${JVERTO_4}\"");
            assertThat(command.variables()).containsEntry("JVERTO_1", "a'; rm -rf / \" $(id) `id` \\")
                    .containsEntry("JVERTO_3", "a'; rm -rf / \" $(id) `id` \\b");
        });
    }

    @Test
    void aBackslashProtectsNothingOfAValue() {
        Command command = ShellScript.of(join(Text.syntax("echo \\'\\"), Text.data("x\"; id"), Text.syntax(" \\\" "), Text.data("y"), Text.syntax(" '\\' "), Text.data("z")))
                .orElseThrow();

        assertThat(command.script()).isEqualTo("echo \\'\"${JVERTO_1}\" \\\" \"${JVERTO_2}\" '\\' \"${JVERTO_3}\"");
    }

    @Test
    void s12ACallerChoosesNoCommand() {
        call(Map.of("evil", "rm -rf /"), "system ${evil}", "bgsystem  ${evil}", "park");

        assertThat(pbx.shell.ran).isEmpty();
    }

    private static Text join(Text... parts) {
        Text all = Text.EMPTY;
        for (Text part : parts) {
            all = Text.join(all, part);
        }
        return all;
    }
}
