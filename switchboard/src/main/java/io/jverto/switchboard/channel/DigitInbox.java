package io.jverto.switchboard.channel;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Digits on their way to a channel: how many may wait, and whether they are wanted. Thread-safe.
final class DigitInbox {
    /// Digits that may wait (media-rtc.md section 13).
    private static final int MAX_DIGITS = 100;
    private static final int DEFAULT_DIGIT_MILLIS = 250;

    private final Predicate<ChannelEvent> tell;
    private final Counters<SwitchCounter> counters;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean drops;

    /// @param tell posts to the channel, false when it is over
    DigitInbox(Predicate<ChannelEvent> tell, Counters<SwitchCounter> counters) {
        this.tell = tell;
        this.counters = counters;
    }

    /// Digits of a message, in their order.
    ///
    /// @param durationMillis of each; 0 for what is usual
    /// @return whether all were taken
    boolean text(String text, int durationMillis) {
        boolean taken = true;
        for (int i = 0; i < text.length(); i++) {
            char digit = Character.toUpperCase(text.charAt(i));
            int millis = durationMillis > 0 ? durationMillis : DEFAULT_DIGIT_MILLIS;
            boolean pause = digit == 'W' || digit == 'F'; // a pause or a hook flash means nothing to those who collect digits
            taken &= pause || digit(digit, millis, DigitSource.MESSAGE);
        }
        return taken;
    }

    /// @return whether it was taken, which it is when digits are passed over
    boolean digit(char digit, int durationMillis, DigitSource from) {
        if (drops) {
            return true;
        }
        boolean room = waiting.incrementAndGet() <= MAX_DIGITS;
        if (room && tell.test(new ChannelEvent.Digit(digit, durationMillis, from))) {
            return true;
        }
        waiting.decrementAndGet();
        counters.increment(SwitchCounter.DIGITS_DROPPED);
        return false;
    }

    /// @param drop whether digits are passed over from now on
    void drop(boolean drop) {
        drops = drop;
    }

    /// One that waited has been read.
    void read() {
        waiting.decrementAndGet();
    }
}
