package io.jverto.media.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void isReadFromThreeNumbers() {
        assertThat(Position.parse("-0.5:0:1")).contains(new Position(-0.5, 0, 1));
        assertThat(Position.parse(" .25:0.0:-1. ")).contains(new Position(0.25, 0, -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:2", "1:2:3:4", "a:b:c", "1::2", "-:0:0", ".:0:0", "1e9:0:0", "NaN:0:0", "99999:0:0"})
    void anythingElseIsNone(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }

    @Test
    void isWrittenWithTwoDecimals() {
        assertThat(new Position(-1, 0, 0.126)).hasToString("-1.00:0.00:0.13");
        assertThat(Position.inFront(0)).hasToString("0.00:0.00:-1.00");
        assertThat(Position.inFront(90)).hasToString("1.00:0.00:0.00");
    }

    @Test
    void nobodyIsFartherThanAHundred() {
        assertThat(new Position(5_000, 0, 0).x()).isEqualTo(100);
    }
}
