package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// What a dial string and, where it says nothing, its caller want of the call as a whole (dialplan-directory.md section 11.2).
///
/// @param variables of the dial string's `<...>` and first `{...}`
record Terms(Map<String, Text> variables, Originator originator) {
    static final int DEFAULT_TIMEOUT_SECONDS = 60;
    private static final int MAX_SECONDS = 86_400;
    private static final int MAX_RETRIES = 100;
    private static final int MIN_SLEEP_MILLIS = 500;
    private static final int DEFAULT_SLEEP_MILLIS = 1_000;
    private static final int MAX_SLEEP_MILLIS = 60_000;

    /// What is done with the sound of somebody who has not answered.
    enum EarlyMedia {
        HEARD,
        IGNORED,
        /// It only says that somebody rings.
        AS_RINGING
    }

    Text get(String name) {
        Text own = variables.getOrDefault(name, Text.EMPTY);
        return own.isEmpty() ? originator.variable(name) : own;
    }

    boolean isTrue(String name) {
        return LegVariables.isTrue(get(name));
    }

    private Optional<Integer> number(Text text) {
        return Optional.of(text.toString().trim()).filter(value -> value.matches("[0-9]{1,6}")).map(Integer::valueOf).filter(value -> value > 0);
    }

    private Optional<Integer> number(String name) {
        return number(get(name));
    }

    private Optional<Long> seconds(String name) {
        return number(name).map(value -> Math.min(value, MAX_SECONDS) * 1_000L);
    }

    /// @return milliseconds until nobody has answered
    long timeout(long otherwise) {
        return number(originator.variable("call_timeout")).map(value -> Math.min(value, MAX_SECONDS) * 1_000L)
                .or(() -> seconds("originate_timeout")).orElse(otherwise);
    }

    /// @return milliseconds until somebody must ring
    Optional<Long> progressTimeout() {
        return seconds("progress_timeout");
    }

    /// @return milliseconds from the other side's early media until it must have answered
    Optional<Long> answerTimeout() {
        return seconds("bridge_answer_timeout");
    }

    /// @return milliseconds before anything is done
    long delay() {
        return Math.min(number("originate_delay_start").orElse(0), MAX_SLEEP_MILLIS);
    }

    /// @return how often it is tried
    int tries() {
        return Math.min(number("originate_retries").orElse(1), MAX_RETRIES);
    }

    long retrySleep() {
        return Math.clamp(number("originate_retry_sleep_ms").orElse(DEFAULT_SLEEP_MILLIS), MIN_SLEEP_MILLIS, MAX_SLEEP_MILLIS);
    }

    /// @return milliseconds after which it is not tried anew
    Optional<Long> retryTimeout() {
        return seconds("originate_retry_timeout");
    }

    EarlyMedia earlyMedia() {
        String wanted = get("ignore_early_media").toString().trim();
        if (wanted.equalsIgnoreCase("ring_ready")) {
            return EarlyMedia.AS_RINGING;
        }
        return wanted.equalsIgnoreCase("consume") || LegVariables.isTrue(Text.syntax(wanted)) ? EarlyMedia.IGNORED : EarlyMedia.HEARD;
    }

    /// Whether one who refuses with that cause ends the whole call: `true`, a list of causes, or `!` and a list of those that do not.
    boolean rejects(Cause cause) {
        return cause != Cause.LOSE_RACE && (rejects("fail_on_single_reject", cause) || rejects("hangup_on_single_reject", cause));
    }

    /// Whether the caller is hung up then.
    boolean hangsUpOn(Cause cause) {
        return rejects("hangup_on_single_reject", cause);
    }

    private boolean rejects(String name, Cause cause) {
        String wanted = get(name).toString().trim();
        if (wanted.isEmpty() || wanted.equalsIgnoreCase("false")) {
            return false;
        }
        return wanted.startsWith("!") ? !names(wanted.substring(1), cause) : LegVariables.isTrue(Text.syntax(wanted)) || names(wanted, cause);
    }

    /// Whether a comma list names the cause, by word or number.
    static boolean names(String list, Cause cause) {
        return Arrays.stream(list.split(",")).map(String::trim)
                .anyMatch(item -> item.equalsIgnoreCase(cause.name()) || item.equals(String.valueOf(cause.code())));
    }
}
