package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.MetaKeys;
import io.jverto.switchboard.channel.MetaKeys.Binding;
import io.jverto.switchboard.channel.MetaKeys.Side;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Digits that a channel's party presses in a talk, and of which some let an application run instead of going to the other side. On the
/// channel's thread.
final class MetaDigits {
    private static final Logger log = LoggerFactory.getLogger(MetaDigits.class);
    /// How long the first of the two digits waits for the second.
    private static final long PATIENCE_MILLIS = 3_000;

    private final Channel channel;
    private final ChannelHandle other;
    private Optional<ChannelEvent.Digit> first = Optional.empty();
    private long deadlineNanos = Channel.FOREVER;

    MetaDigits(Channel channel, ChannelHandle other) {
        this.channel = channel;
        this.other = other;
    }

    /// @return when [#lookAt] is to be called
    long deadline() {
        return deadlineNanos;
    }

    void pressed(ChannelEvent.Digit digit) {
        if (first.isPresent()) {
            char meta = first.get().digit();
            boolean ran = run(channel.handle(), other, meta, digit.digit(), Side.OWN) || run(other, channel.handle(), meta, digit.digit(), Side.OTHER);
            if (ran) {
                forget();
            } else {
                passOn();
                channel.digits().passOn(digit, other);
            }
        } else if (keys(channel.handle()).isMeta(digit.digit(), Side.OWN) || keys(other).isMeta(digit.digit(), Side.OTHER)) {
            first = Optional.of(digit);
            deadlineNanos = channel.in(PATIENCE_MILLIS);
        } else {
            channel.digits().passOn(digit, other);
        }
    }

    /// Passes on what has waited too long.
    void lookAt() {
        if (first.isPresent() && channel.in(0) >= deadlineNanos) {
            passOn();
        }
    }

    private void passOn() {
        first.ifPresent(digit -> channel.digits().passOn(digit, other));
        forget();
    }

    private void forget() {
        first = Optional.empty();
        deadlineNanos = Channel.FOREVER;
    }

    private static MetaKeys keys(ChannelHandle of) {
        return of.metaKeys();
    }

    /// @param binder who may have bound the key
    /// @param partner whom he talks with
    /// @param by who has pressed it, seen from the binder
    private boolean run(ChannelHandle binder, ChannelHandle partner, char meta, char key, Side by) {
        Optional<Binding> found = keys(binder).take(meta, key, by);
        found.ifPresent(binding -> {
            log.info("channel {}: {}{} stands for {}", channel.logId(), meta, key, LogText.of(binding.application()));
            boolean onBinder = switch (binding.on()) {
                case OWN -> true;
                case OTHER -> false;
                case SAME -> by == Side.OWN;
                case OPPOSITE -> by == Side.OTHER;
            };
            channel.happenings().order(onBinder ? binder : partner, binding.application());
        });
        return found.isPresent();
    }
}
