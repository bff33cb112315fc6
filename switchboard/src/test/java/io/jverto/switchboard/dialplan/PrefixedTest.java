package io.jverto.switchboard.dialplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefixedTest {
    private static Prefixed parse(String text) {
        return Prefixed.parse(Text.syntax(text));
    }

    @Test
    void dataWithoutVariablesStaysAsItIs() {
        assertThat(parse("a,b")).isEqualTo(new Prefixed(Map.of(), Text.syntax("a,b")));
        assertThat(parse("%(1,2,3)").variables()).isEmpty();
        assertThat(parse("%[a=b").data()).isEqualTo(Text.syntax("%[a=b"));
    }

    @Test
    void variablesStandInBracketsWithCommasOrAnotherSeparator() {
        assertThat(parse("%[a=1,b = two]rest")).isEqualTo(new Prefixed(Map.of("a", Text.syntax("1"), "b", Text.syntax(" two")), Text.syntax("rest")));
        assertThat(parse("%[^^:a=1,2:b=3]rest").variables()).containsEntry("a", Text.syntax("1,2")).containsEntry("b", Text.syntax("3"));
    }

    @Test
    void bracketsAndCommasOfReferencesAreTheirOwn() {
        assertThat(parse("%[a=${list[1]},b=${coalesce(x,y)}]rest")).isEqualTo(new Prefixed(
                Map.of("a", Text.syntax("${list[1]}"), "b", Text.syntax("${coalesce(x,y)}")), Text.syntax("rest")));
    }

    /// security.md S12.
    @Test
    void s12WhatACallerChoseSetsNoVariable() {
        Text dialled = Text.data("%[a=1]x");
        Text inside = Text.join(Text.join(Text.syntax("%[a="), Text.data("1,b=2]c")), Text.syntax("]rest"));

        assertThat(Prefixed.parse(dialled)).isEqualTo(new Prefixed(Map.of(), dialled));
        assertThat(Prefixed.parse(inside)).isEqualTo(new Prefixed(Map.of("a", Text.data("1,b=2]c")), Text.syntax("rest")));
    }
}
