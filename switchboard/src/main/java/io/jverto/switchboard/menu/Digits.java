package io.jverto.switchboard.menu;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.port.AudioRoute;
import java.util.Optional;

/// Collects what a caller types, while a prompt plays and for a while after it. Runs on the channel's thread and waits there.
public final class Digits {
    /// More is not kept of what a caller types.
    public static final int MAX = 128;

    private final Channel channel;
    private final Wanted wanted;
    private final StringBuilder typed = new StringBuilder();
    private Optional<Character> terminator = Optional.empty();
    /// The number of the prompt while it plays; no prompt has 0.
    private long prompt;
    private long deadline;
    private boolean timedOut;

    private Digits(Channel channel, Wanted wanted) {
        this.channel = channel;
        this.wanted = wanted;
    }

    /// What is asked for.
    ///
    /// @param min digits that are enough
    /// @param max digits that end it at once
    /// @param firstMillis after the prompt until the first digit
    /// @param nextMillis between two digits
    public record Wanted(int min, int max, Terminators terminators, long firstMillis, long nextMillis) {
        /// One key, without anything that ends it.
        public static Wanted key(long millis) {
            return new Wanted(1, 1, Terminators.NONE, millis, millis);
        }
    }

    /// What was typed.
    ///
    /// @param digits without the terminator
    /// @param terminator that ended it
    /// @param timedOut whether the time was over before anything else ended it
    public record Typed(String digits, Optional<Character> terminator, boolean timedOut) {
        /// Whether that is enough. Time that runs out after enough digits does no harm.
        public Result result(Wanted wanted) {
            boolean missing = digits.length() < wanted.min() || wanted.terminators().required() && terminator.isEmpty();
            if (missing || digits.length() > wanted.max()) {
                return timedOut ? Result.TIMEOUT : Result.FAILURE;
            }
            return Result.SUCCESS;
        }

        /// @return the digits, and the terminator where it counts
        String value(Terminators terminators) {
            return terminators.counted() ? digits + terminator.map(String::valueOf).orElse("") : digits;
        }
    }

    /// How it went, as `read_result` says it.
    public enum Result {
        SUCCESS,
        TIMEOUT,
        FAILURE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// @param prompt ends at the first digit, unless the terminators are patient; one without end lasts until then
    public static Typed collect(Channel channel, Optional<Sound> prompt, Wanted wanted) {
        return new Digits(channel, wanted).run(prompt);
    }

    private Typed run(Optional<Sound> sound) {
        prompt = sound.map(channel::play).orElse(0L);
        deadline = prompt > 0 ? Channel.FOREVER : channel.in(wanted.firstMillis);
        while (!isComplete() && channel.up()) {
            Optional<ChannelEvent> event = channel.next(deadline);
            if (event.isEmpty()) {
                timedOut = channel.up();
                break;
            }
            on(event.get());
        }
        stopPrompt();
        return new Typed(typed.toString(), terminator, timedOut);
    }

    private boolean isComplete() {
        boolean enough = terminator.isPresent() || !wanted.terminators.required() && typed.length() >= wanted.max;
        return enough && prompt == 0;
    }

    private void on(ChannelEvent event) {
        if (event instanceof ChannelEvent.Digit digit) {
            onDigit(digit.digit());
        } else if (event instanceof ChannelEvent.PlaybackEnded ended && ended.playback() == prompt) {
            stopPrompt();
            deadline = channel.in(typed.isEmpty() ? wanted.firstMillis : wanted.nextMillis);
        }
    }

    private void onDigit(char digit) {
        if (terminator.isPresent()) {
            return; // the prompt is still to be heard
        }
        if (wanted.terminators.has(digit)) {
            terminator = Optional.of(digit);
        } else if (typed.length() < MAX) {
            typed.append(digit);
        }
        if (prompt == 0 || !wanted.terminators.patient()) {
            stopPrompt();
            deadline = channel.in(wanted.nextMillis);
        }
    }

    private void stopPrompt() {
        if (prompt > 0) {
            prompt = 0;
            channel.route(new AudioRoute.Silent());
        }
    }
}
