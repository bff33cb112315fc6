package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Finds the control that a member's digits mean. One that could be the beginning of a longer one waits for more
/// (conference.md section 11). Reads no clock.
@OwnedBy(Role.ROOM)
final class DigitMachine {
    private static final int MAX_DIGITS = 30;

    private final List<Control> controls;
    private final long timeoutNanos;
    private final StringBuilder pressed = new StringBuilder();
    private long deadlineNanos = Long.MAX_VALUE;

    DigitMachine(List<Control> controls, int timeoutMillis) {
        this.controls = controls;
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /// A control, and the digits that meant it.
    record Match(Control control, String digits) {}

    /// @return when [#onTimeout] wants to be called, `Long.MAX_VALUE` for never
    long deadlineNanos() {
        return deadlineNanos;
    }

    /// @return the control that is meant, as far as that is known already
    Optional<Match> onDigit(char digit, long nowNanos) {
        pressed.append(digit);
        String digits = pressed.toString();
        boolean more = digits.length() < MAX_DIGITS && controls.stream().anyMatch(control -> control.couldFit(digits));
        if (more) {
            deadlineNanos = nowNanos + timeoutNanos;
            return Optional.empty();
        }
        return settle();
    }

    /// No more digits come in time.
    Optional<Match> onTimeout(long nowNanos) {
        return nowNanos < deadlineNanos ? Optional.empty() : settle();
    }

    private Optional<Match> settle() {
        String digits = pressed.toString();
        pressed.setLength(0);
        deadlineNanos = Long.MAX_VALUE;
        return controls.stream().filter(control -> control.fits(digits)).findFirst().map(control -> new Match(control, digits));
    }
}
