package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets another thread do what may take long: a call that ends meanwhile does not wait.
final class Elsewhere {
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private Elsewhere() {}

    /// @param work gets whether the call still waits for it
    /// @param bug what counts if the work breaks
    /// @return empty when the call has ended, or goes elsewhere
    static <T> Optional<T> await(Channel channel, String what, Function<BooleanSupplier, T> work, T bug) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        AtomicBoolean waits = new AtomicBoolean(true);
        channel.services().time().start(what + " of channel " + channel.logId(), () -> {
            try {
                result.set(work.apply(waits::get));
            } finally {
                result.compareAndSet(null, bug);
                channel.handle().tell(new ChannelEvent.Nudged());
            }
        });
        while (channel.up() && result.get() == null) {
            channel.next(channel.in(LOOK_AGAIN_MILLIS));
        }
        waits.set(false);
        return Optional.ofNullable(result.get());
    }
}
