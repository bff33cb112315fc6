package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Calls again and again while the caller hears music (`campon`, dialplan-directory.md section 11.2). On the caller's thread.
final class Campon {
    private static final int DEFAULT_RETRIES = 100;
    private static final int MAX_RETRIES = 10_000;
    private static final int DEFAULT_SECONDS = 10;
    private static final int MAX_SECONDS = 3_600;

    private final Channel caller;
    private final LongFunction<Originate.Outcome> attempt;
    private boolean gaveUp;

    /// @param attempt calls once, given the milliseconds that it may take
    Campon(Channel caller, LongFunction<Originate.Outcome> attempt) {
        this.caller = caller;
        this.attempt = attempt;
    }

    Originate.Outcome call() {
        if (!caller.variables().isTrue("campon")) {
            return attempt.apply(Terms.DEFAULT_TIMEOUT_SECONDS * 1_000L);
        }
        long timeout = seconds("campon_timeout");
        int retries = Math.clamp(caller.variables().number("campon_retries").orElse(DEFAULT_RETRIES), 0, MAX_RETRIES);
        Originate.Outcome outcome = attempt.apply(timeout);
        while (outcome instanceof Originate.Outcome.Failed failed && !failed.hangUp() && caller.up() && !gaveUp) {
            gaveUp = retries-- <= 0 || stopped();
            outcome = gaveUp || !caller.up() ? outcome : attempt.apply(timeout);
        }
        return outcome;
    }

    /// @return where a caller goes whose patience is at its end
    Optional<Bridge.Result> fallback() {
        Text extension = caller.variables().get("campon_fallback_exten");
        if (!gaveUp || extension.isEmpty() || !caller.up()) {
            return Optional.empty();
        }
        return Optional.of(AfterBridge.transfer(List.of(
                extension, caller.variables().get("campon_fallback_dialplan"), caller.variables().get("campon_fallback_context"))));
    }

    private long seconds(String variable) {
        int seconds = caller.variables().number(variable).filter(value -> value > 0).orElse(DEFAULT_SECONDS);
        return Math.min(seconds, MAX_SECONDS) * 1_000L;
    }

    /// Lets the caller wait with music.
    ///
    /// @return whether he pressed the key that ends it
    private boolean stopped() {
        if (!caller.preAnswer()) {
            return true;
        }
        Text music = caller.variables().get("campon_hold_music");
        caller.play(Optional.of(music).filter(text -> !text.isEmpty()).flatMap(text -> Sounds.ringback(caller, text))
                .orElseGet(() -> Sounds.holdMusic(caller)));
        String key = caller.variables().text("campon_stop_key").orElse("");
        long deadline = caller.in(seconds("campon_sleep"));
        Optional<ChannelEvent> event = caller.next(deadline);
        while (event.isPresent()) {
            if (event.get() instanceof ChannelEvent.Digit(char digit, int _, var _) && key.indexOf(digit) >= 0) {
                caller.route(new AudioRoute.Silent());
                return true;
            }
            event = caller.next(deadline);
        }
        return !caller.up();
    }
}
