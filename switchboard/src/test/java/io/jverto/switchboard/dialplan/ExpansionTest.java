package io.jverto.switchboard.dialplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpansionTest {
    private final Call call = new Call(Map.of());

    @Test
    void variablesArePutIn() {
        call.variables.put("who", Text.data("Bob"));

        assertThat(expand("Hi ${who}, $${WHO}!${nobody}")).isEqualTo("Hi Bob, Bob!");
        assertThat(expand("no variables $ here {x} $1")).isEqualTo("no variables $ here {x} $1");
        assertThat(expand("open ${who")).isEqualTo("open ${who");
        assertThat(expand("\\${who} ${who}")).isEqualTo("${who} Bob");
    }

    @Test
    void partsAreTakenByOffsetAndLength() {
        call.variables.put("n", Text.data("0123456789"));

        assertThat(expand("${n:3}")).isEqualTo("3456789");
        assertThat(expand("${n:3:2}")).isEqualTo("34");
        assertThat(expand("${n:-4}")).isEqualTo("6789");
        assertThat(expand("${n:-4:2}")).isEqualTo("67");
        assertThat(expand("${n:2:0}")).isEqualTo("23456789");
        assertThat(expand("${n:99}${n:-99:1}${n:x}${n:99999999999999}")).isEqualTo("00123456789");
    }

    @Test
    void commandsRunWithTheirArgumentsPutIn() {
        call.variables.put("u", Text.data("1001"));
        call.variables.put("name", Text.data("u"));

        assertThat(expand("a${user_data(${u}@x var y)}b")).isEqualTo("a[1001@x var y]b");
        assertThat(expand("${echo ${u}}")).isEqualTo("[1001]");
        assertThat(expand("${${name}}")).isEqualTo("1001");
        assertThat(call.commands).containsExactly("user_data(1001@x var y)", "echo(1001)");
    }

    @Test
    void s11WhatACallerChoseIsNeverExpanded() {
        call.variables.put("caller", Text.data("${system(rm)} $${x} $1 \\$"));
        call.variables.put("copy", Expansion.expand(Text.syntax("<${caller}>"), call));

        assertThat(expand("${caller}")).isEqualTo("${system(rm)} $${x} $1 \\$");
        assertThat(Expansion.expand(Expansion.expand(Text.syntax("${copy}"), call), call).toString()).isEqualTo("<${system(rm)} $${x} $1 \\$>");
        assertThat(expand("${echo(${caller})}")).isEqualTo("[${system(rm)} $${x} $1 \\$]");
        call.variables.put("evil", Text.data("uuid_kill(x)"));
        assertThat(expand("${${evil}}")).isEmpty();
        assertThat(call.commands).hasSize(1);
    }

    @Test
    void nestingAndGrowthAreBounded() {
        call.variables.put("x", Text.data("y".repeat(30_000)));

        assertThat(expand("${x}".repeat(100))).hasSize(Expansion.MAX_LENGTH);
        assertThat(expand("${".repeat(10_000) + "x" + "}".repeat(10_000))).isEmpty();
    }

    private String expand(String template) {
        return Expansion.expand(Text.syntax(template), call).toString();
    }
}
