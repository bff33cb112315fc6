package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DigitMachineTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final DigitMachine machine = new DigitMachine(List.of(
            control("1", ControlAction.MUTE), control("12", ControlAction.DEAF), control("*99", ControlAction.LOCK),
            control("~8[0-9]{2}", ControlAction.EVENT)), 500);

    @Test
    void waitsWhereMoreDigitsCouldMeanSomethingElse() {
        assertThat(press("1", 0)).isEmpty();
        assertThat(machine.deadlineNanos()).isEqualTo(500 * MILLI);
        assertThat(machine.onTimeout(499 * MILLI)).isEmpty();
        assertThat(machine.onTimeout(500 * MILLI)).map(match -> match.control().action()).contains(ControlAction.MUTE);
        assertThat(machine.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void doesNotWaitWhereNothingElseIsPossible() {
        assertThat(press("12", 0)).contains("12");
        assertThat(press("*99", 0)).contains("*99");
        assertThat(press("855", 0)).contains("855");
        assertThat(machine.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void forgetsWhatMeansNothing() {
        assertThat(press("5", 0)).isEmpty();
        assertThat(press("*91", 0)).isEmpty();
        assertThat(press("*9", 0)).isEmpty();
        assertThat(machine.onTimeout(600 * MILLI)).isEmpty();
        assertThat(press("12", 700 * MILLI)).contains("12");
    }

    @Test
    void aPatternWithoutEndDoesNotKeepDigitsWithoutEnd() {
        DigitMachine endless = new DigitMachine(List.of(Control.of("~[0-9]*#", ControlAction.EVENT, "").orElseThrow()), 500);
        for (int i = 0; i < 1_000; i++) {
            endless.onDigit('1', 0);
        }

        assertThat(endless.onDigit('#', 0)).map(match -> match.digits().length()).hasValueSatisfying(length -> assertThat(length).isLessThan(31));
    }

    private Optional<String> press(String digits, long nowNanos) {
        Optional<DigitMachine.Match> match = Optional.empty();
        for (char digit : digits.toCharArray()) {
            match = machine.onDigit(digit, nowNanos);
        }
        return match.map(DigitMachine.Match::digits);
    }

    private static Control control(String digits, ControlAction action) {
        return Control.of(digits, action, "").orElseThrow();
    }
}
