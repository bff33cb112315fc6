package io.jverto.sip.call;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipRequest;
import java.util.Locale;
import java.util.Optional;

/// Digits in INFO requests (sip.md section 13). Stateless.
final class InfoDigits {
    private static final String RELAY = "application/dtmf-relay";
    private static final String PLAIN = "application/dtmf";
    private static final int DURATION = 250;
    private static final int MAX_DURATION = 24_000;

    /// @param durationMillis 0 when it is not said
    record Pressed(char digit, int durationMillis) {}

    private InfoDigits() {}

    static Optional<Pressed> read(SipRequest info) {
        String type = info.headers().first("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String body = info.body().text();
        return switch (type) {
            case RELAY -> field(body, "Signal").flatMap(InfoDigits::digit)
                    .map(digit -> new Pressed(digit, field(body, "Duration").flatMap(InfoDigits::number).map(millis -> Math.min(millis, MAX_DURATION)).orElse(0)));
            case PLAIN -> digit(body.strip()).map(digit -> new Pressed(digit, 0));
            default -> Optional.empty();
        };
    }

    /// @return value of a line `name=value`
    private static Optional<String> field(String body, String name) {
        return body.lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equalsIgnoreCase(name))
                .map(parts -> parts[1].strip())
                .findFirst();
    }

    private static Optional<Character> digit(String text) {
        String one = switch (text) {
            case "10" -> "*";
            case "11" -> "#";
            default -> text.toUpperCase(Locale.ROOT);
        };
        return one.matches("[0-9A-D*#]") ? Optional.of(one.charAt(0)) : Optional.empty();
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    static Headers headers() {
        return Headers.NONE.with("Content-Type", RELAY);
    }

    static Body body(char digit) {
        return Body.of("Signal=" + digit + "\r\nDuration=" + DURATION + "\r\n");
    }
}
